package io.maildomain.operator.cloudflare;

import java.util.Optional;
import java.util.Set;

/** A call to Cloudflare gave no result. Its message holds neither token nor header nor body. */
public final class CloudflareException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Set<CloudflareError> NO_ROUTE =
            Set.of(CloudflareError.NO_ROUTE, CloudflareError.COULD_NOT_ROUTE);
    /** Both have other meanings too: only with a message about a zone do they mean one. */
    private static final Set<CloudflareError> OF_A_ZONE =
            Set.of(CloudflareError.INVALID_REFERENCE, CloudflareError.UNAUTHORIZED);

    private static final Set<Integer> AT_THE_DOOR = Set.of(401, 403, 407, 408, 429);

    private static final Set<CloudflareError> TARGET_MISSING =
            Set.of(CloudflareError.DESTINATION_NOT_FOUND, CloudflareError.WORKER_NOT_FOUND);

    private static final Set<CloudflareError> DEPLOY_TARGET_MISSING = Set.of(
            CloudflareError.WORKER_NOT_ON_ACCOUNT,
            CloudflareError.VERSION_NOT_FOUND,
            CloudflareError.DATABASE_NOT_FOUND,
            CloudflareError.BUCKET_NOT_FOUND,
            CloudflareError.PROJECT_NOT_FOUND,
            CloudflareError.SITE_DEPLOYMENT_NOT_FOUND,
            CloudflareError.CUSTOM_DOMAIN_NOT_FOUND,
            CloudflareError.SITE_DOMAIN_NOT_FOUND,
            CloudflareError.ROUTE_NOT_FOUND);

    private final CloudflareCall call;
    private final transient Failure failure;
    private final boolean confirmed;
    private final transient TokenStanding token;

    public CloudflareException(CloudflareCall call, Failure failure) {
        this(call, failure, false, TokenStanding.unknown());
    }

    private CloudflareException(CloudflareCall call, Failure failure, boolean confirmed, TokenStanding token) {
        super(call.method() + " " + call.route() + ": " + describe(failure));
        this.call = call;
        this.failure = failure;
        this.confirmed = confirmed;
        this.token = token;
    }

    private static String describe(Failure failure) {
        if (failure instanceof Failure.Refused refused) {
            return Text.words(refused);
        }
        if (failure instanceof Failure.Unreachable unreachable) {
            return "no answer (%s): %s".formatted(unreachable.kind(), unreachable.detail());
        }
        if (failure instanceof Failure.Malformed malformed) {
            return "HTTP %d, malformed: %s".formatted(malformed.status(), malformed.detail());
        }
        if (failure instanceof Failure.Postponed postponed) {
            return "not sent (%s), again in %s".formatted(postponed.cause(), postponed.pause());
        }
        return "not sent: " + ((Failure.Fenced) failure).why();
    }

    /** What Cloudflare, or the transport, said. */
    public String describe() {
        return describe(failure);
    }

    /** The same, with what was known of the token when the call failed. */
    public CloudflareException with(TokenStanding known) {
        return new CloudflareException(call, failure, confirmed, known);
    }

    /** What was known of the token when the call failed, from calls of others, too. */
    public TokenStanding token() {
        return token;
    }

    public CloudflareCall call() {
        return call;
    }

    public Failure failure() {
        return failure;
    }

    /** The refusal, if Cloudflare answered with a status of 400 or more. */
    public Optional<Failure.Refused> refused() {
        return failure instanceof Failure.Refused refused ? Optional.of(refused) : Optional.empty();
    }

    /**
     * Whether a writing call may have taken effect all the same: the answer was lost, cut or not understood, the server
     * failed (5xx, 408) while it worked on it, or the refusal is none of which it is known that nothing was done. Always
     * false for reads.
     */
    public boolean mayHaveTakenEffect() {
        if (!call.writes()) {
            return false;
        }
        if (failure instanceof Failure.Refused refused) {
            return !DefinitiveRefusals.hold(call, refused);
        }
        if (failure instanceof Failure.Unreachable unreachable) {
            return unreachable.mayHaveTakenEffect();
        }
        return failure instanceof Failure.Malformed malformed && malformed.mayHaveTakenEffect();
    }

    /** Whether Cloudflare certainly did not do it. */
    public boolean isDefinitive() {
        return !mayHaveTakenEffect();
    }

    /**
     * Whether the answer says that there is no such zone: code 9109 "Invalid zone identifier" (or 1001 with such words), 7003 on a route
     * that holds no id but the zone's, or 404 on the zone itself. A zone that the token may not see can answer like
     * this too; and a 404 on a deeper route is not about the zone.
     */
    public boolean zoneMissing() {
        if (!call.ofZone() || !(failure instanceof Failure.Refused refused)) {
            return false;
        }
        boolean zoneItself = call == CloudflareCall.GET_ZONE || call == CloudflareCall.DELETE_ZONE;
        boolean noRoute = call.namesOnlyZone() && refused.hasAny(NO_ROUTE);
        return namesMissingZone() || noRoute || (zoneItself && isNotFound());
    }

    /**
     * Whether the answer says that there is no such rule: 404 to a call about one rule, unless a code says that
     * something else is missing (the zone, the Worker, the destination). With 7003 it cannot be told whether the
     * zone or the rule is unknown: then neither this nor {@link #zoneMissing()} is true; read the zone.
     */
    public boolean ruleMissing() {
        return ofRule()
                && failure instanceof Failure.Refused refused
                && isNotFound()
                && !zoneMissing()
                && !refused.hasAny(NO_ROUTE)
                && !refused.hasAny(TARGET_MISSING);
    }

    /** The same where the zone is known to be there: then a route that leads nowhere can lack nothing but the rule. */
    public boolean ruleMissingInZone() {
        boolean noRoute = refused().filter(refused -> refused.hasAny(NO_ROUTE)).isPresent();
        return ruleMissing() || (ofRule() && noRoute && !namesMissingZone());
    }

    /** Whether there are no Email Routing settings: a zone that never had any. */
    boolean settingsMissing() {
        return call == CloudflareCall.GET_ROUTING && isNotFound() && !zoneMissing();
    }

    /** Whether there is no list of rules: Cloudflare shows none while Email Routing is off. */
    public boolean rulesMissing() {
        return call == CloudflareCall.LIST_RULES && isNotFound() && !zoneMissing();
    }

    /** Whether there is no report on the mail records: so it may be while Email Routing is off. */
    boolean routingDnsMissing() {
        return call == CloudflareCall.GET_ROUTING_DNS && isNotFound() && !zoneMissing();
    }

    /** Whether there is no catch-all: some zones have none while Email Routing is off. */
    public boolean catchAllMissing() {
        return call == CloudflareCall.GET_CATCH_ALL && isNotFound() && !zoneMissing();
    }

    /** A 404 without a word of Cloudflare's: by itself it says nothing, see {@link MissConfirmation}. */
    boolean isWordlessMiss() {
        return !confirmed && saysNotFound() && refused().orElseThrow().errors().isEmpty();
    }

    /** The same, after another call showed that it is Cloudflare that answers. */
    CloudflareException confirmed() {
        return new CloudflareException(call, failure, true, token);
    }

    /** A 404 without a code is not Cloudflare's, unless a second look says so. */
    private boolean isNotFound() {
        return saysNotFound() && !isWordlessMiss();
    }

    private boolean saysNotFound() {
        return failure instanceof Failure.Refused refused && refused.status() == 404;
    }

    /** Whether the zone may be there, but out of the token's scope. The same code also says that the token is not valid: not then. */
    public boolean hidesZone() {
        return refused().stream()
                .flatMap(refused -> refused.errors().stream())
                .anyMatch(error -> error.is(CloudflareError.UNAUTHORIZED) && !Saying.TOKEN.isIn(error));
    }

    /** Whether a code says outright that there is no such zone. */
    boolean namesMissingZone() {
        return refused().stream()
                .flatMap(refused -> refused.errors().stream())
                .filter(error -> error.isAny(OF_A_ZONE))
                .anyMatch(Saying.INVALID_ZONE::isIn);
    }

    /** Whether the zone was not created because there is one, wherever that is. */
    public boolean zoneExists() {
        return call == CloudflareCall.CREATE_ZONE && has(CloudflareError.ZONE_EXISTS);
    }

    /** Whether Cloudflare refuses what a rule leads to: the destination is not verified or not there, or the Worker is not. */
    public boolean targetRefused() {
        return has(CloudflareError.DESTINATION_NOT_VERIFIED)
                || refused().filter(refused -> refused.hasAny(TARGET_MISSING)).isPresent();
    }

    /** Whether the destination address was not created because the account has it. With which code is documented nowhere. */
    public boolean destinationExists() {
        return call == CloudflareCall.CREATE_ADDRESS
                && refused()
                        .filter(refused -> refused.status() == 409 || refused.has(CloudflareError.DUPLICATE_RULE))
                        .isPresent();
    }

    /** Whether another rule has the address. */
    public boolean ruleExists() {
        return has(CloudflareError.DUPLICATE_RULE);
    }

    /** Whether this was refused because there is no such Worker, version, database, bucket, project, deployment or domain. */
    public boolean deployTargetMissing() {
        return refused()
                .filter(refused -> refused.hasAny(DEPLOY_TARGET_MISSING))
                .isPresent();
    }

    /**
     * Whether what this call was about may be gone: a 404, or an id that cannot be routed. Another look tells, since only the simulator
     * tells with which codes, and what stands on the way to Cloudflare answers like that, too.
     */
    boolean maybeGone() {
        return saysNotFound()
                || refused().filter(refused -> refused.hasAny(NO_ROUTE)).isPresent();
    }

    /** Whether the Worker stays because something leads to it. */
    public boolean workerInUse() {
        return call == CloudflareCall.DELETE_SCRIPT && has(CloudflareError.WORKER_IN_USE);
    }

    /** Whether Cloudflare looked and answered with this: not where it failed, or turned the call away at its door. */
    boolean answers(CloudflareError error) {
        return refused()
                .filter(refused -> refused.status() < 500 && !AT_THE_DOOR.contains(refused.status()))
                .filter(refused -> refused.has(error))
                .isPresent();
    }

    boolean has(CloudflareError error) {
        return refused().filter(refused -> refused.has(error)).isPresent();
    }

    private boolean ofRule() {
        return call == CloudflareCall.GET_RULE
                || call == CloudflareCall.UPDATE_RULE
                || call == CloudflareCall.DELETE_RULE;
    }
}
