package io.maildomain.operator.cloudflare;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A call to Cloudflare gave no result. Its message holds neither token nor header nor body. */
public final class CloudflareException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Set<Integer> ZONE_ROUTE_CODES = Set.of(7000, 7003);
    /** Both have other meanings too: only with a message about a zone do they mean one. */
    private static final Set<Integer> ZONE_CODES = Set.of(1001, 9109);

    private static final Set<Integer> NAMED_THINGS_MISSING = Set.of(2015, 2016);

    private final CloudflareCall call;
    private final transient Failure failure;
    private final boolean confirmed;

    public CloudflareException(CloudflareCall call, Failure failure) {
        this(call, failure, false);
    }

    private CloudflareException(CloudflareCall call, Failure failure, boolean confirmed) {
        super(call.method() + " " + call.route() + ": " + words(failure));
        this.call = call;
        this.failure = failure;
        this.confirmed = confirmed;
    }

    private static String words(Failure failure) {
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
            return "not sent (%s), again in %s".formatted(postponed.why(), postponed.pause());
        }
        return "not sent: " + ((Failure.Fenced) failure).why();
    }

    /** What Cloudflare, or the transport, said. */
    public String words() {
        return words(failure);
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
        boolean noRoute = !ofRule() && refused.errors().stream().anyMatch(e -> ZONE_ROUTE_CODES.contains(e.code()));
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
                && refused.errors().stream()
                        .noneMatch(error ->
                                ZONE_ROUTE_CODES.contains(error.code()) || NAMED_THINGS_MISSING.contains(error.code()));
    }

    /** Whether there are no Email Routing settings: a zone that never had any. */
    boolean settingsMissing() {
        return call == CloudflareCall.GET_ROUTING && isNotFound() && !zoneMissing();
    }

    /** Whether there is no list of rules: Cloudflare shows none while Email Routing is off. */
    public boolean rulesMissing() {
        return call == CloudflareCall.LIST_RULES && isNotFound() && !zoneMissing();
    }

    /** Whether there is no catch-all: some zones have none while Email Routing is off. */
    public boolean catchAllMissing() {
        return call == CloudflareCall.GET_CATCH_ALL && isNotFound() && !zoneMissing();
    }

    /** A 404 without a word of Cloudflare's: by itself it says nothing, see {@link SecondLook}. */
    boolean isWordlessMiss() {
        return !confirmed && saysNotFound() && refused().orElseThrow().errors().isEmpty();
    }

    /** The same, after another call showed that it is Cloudflare that answers. */
    CloudflareException confirmed() {
        return new CloudflareException(call, failure, true);
    }

    /** A 404 without a code is not Cloudflare's, unless a second look says so. */
    private boolean isNotFound() {
        return saysNotFound() && !isWordlessMiss();
    }

    private boolean saysNotFound() {
        return failure instanceof Failure.Refused refused && refused.status() == 404;
    }

    /** Whether a code says outright that there is no such zone. */
    boolean namesMissingZone() {
        return refused().stream()
                .flatMap(refused -> refused.errors().stream())
                .filter(error -> ZONE_CODES.contains(error.code()))
                .map(error -> error.message().toLowerCase(Locale.ROOT))
                .anyMatch(message -> message.contains("invalid zone"));
    }

    private boolean ofRule() {
        return call == CloudflareCall.GET_RULE
                || call == CloudflareCall.UPDATE_RULE
                || call == CloudflareCall.DELETE_RULE;
    }
}
