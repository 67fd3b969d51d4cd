package io.maildomain.operator.domain;

import io.maildomain.operator.account.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.diagnosis.Catalogue;
import io.maildomain.operator.diagnosis.Diagnosis;
import io.maildomain.operator.diagnosis.Kind;
import io.maildomain.operator.diagnosis.ZoneSighting;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.routing.MailAction;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what failed calls mean for one MailDomain. */
record Failures(String domain, Usable with) {

    private static final int ZONE_EXISTS = 1061;

    /** Whether a zone was not created because there is one. */
    static boolean saysZoneExists(CloudflareException failure) {
        return failure.call() == CloudflareCall.CREATE_ZONE
                && failure.refused()
                        .filter(refused -> refused.hasCode(ZONE_EXISTS))
                        .isPresent();
    }

    /** What ended the reconcile. */
    Halt halt(CloudflareException failure) {
        return halt(failure, ZoneSighting.NOT_SEEN);
    }

    /** The same, where somebody looked for the zone that could not be created. */
    Halt halt(CloudflareException failure, ZoneSighting sighting) {
        Diagnosis diagnosis = Catalogue.diagnose(failure, with.context(domain, domain), sighting);
        return Halt.of(conditionOf(failure.call(), diagnosis), failure, diagnosis);
    }

    /** What a failed call means, apart from any change. */
    Diagnosis diagnosis(CloudflareException failure) {
        return Catalogue.diagnose(failure, with.context(domain, domain));
    }

    /**
     * The same, where Cloudflare refuses for a reason of its own, which neither time nor another token lifts: a hold, a
     * subscription, a call that it does not take. Empty for all else: what is passing, what the token or its rights are to
     * blame for, and what does not come from Cloudflare's API at all.
     */
    static Optional<Diagnosis> ofItsOwn(CloudflareException failure, Diagnosis diagnosis) {
        boolean ofTheToken =
                Halt.isAboutToken(diagnosis.reason()) || diagnosis.reason().equals("PermissionMissing");
        return failure.refused()
                .filter(refused -> !refused.errors().isEmpty())
                .filter(refused -> refused.status() < 500 && refused.status() != 408 && refused.status() != 429)
                .filter(refused -> refused.status() != 401 && !ofTheToken)
                .filter(refused -> diagnosis.kind() != Kind.TRANSIENT)
                .map(refused -> diagnosis);
    }

    /** Why one change did not come about. */
    Diagnosis of(Applied.Failed failed) {
        String subject = failed.change().subject();
        if (failed.change() instanceof Change.CreateRule create) {
            subject = targetOf(create.draft().actions(), subject);
        } else if (failed.change() instanceof Change.UpdateRule update) {
            subject = targetOf(update.draft().actions(), subject);
        } else if (failed.change() instanceof Change.AdoptRule adopt) {
            subject = targetOf(adopt.draft().actions(), subject);
        }
        return Catalogue.diagnose(failed.why(), with.context(domain, subject));
    }

    /** How soon what was not done is worth another try. */
    Pace paceOf(Applied applied) {
        Pace pace = applied.skipped().isEmpty() ? Pace.SETTLED : Pace.FINAL;
        for (Applied.Failed failed : applied.failed()) {
            pace = pace.sooner(halt(failed.why()).pace());
        }
        return pace;
    }

    /** How long Cloudflare, or our budget, asks to wait at least. */
    Duration waitOf(Applied applied) {
        return applied.failed().stream()
                .map(failed -> halt(failed.why()).notBefore())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Where nothing was applied, nothing can have failed. */
    static Diagnosis impossible(Applied.Failed failed) {
        throw new IllegalStateException("nothing was applied, yet this failed: " + failed.change());
    }

    /** Whether all that failed only waits for budget. */
    boolean onlyPostponed(Applied applied) {
        return !applied.failed().isEmpty()
                && applied.failed().stream()
                        .allMatch(failed -> halt(failed.why()).quiet());
    }

    /** Whether all that failed was refused in a way that Cloudflare takes back at times. */
    boolean onlyPerhapsStray(Applied applied) {
        return applied.failed().stream()
                .allMatch(failed ->
                        Halt.mayBeStray(failed.why()) && halt(failed.why()).pace() == Pace.FINAL);
    }

    private static String targetOf(List<RuleAction> actions, String otherwise) {
        return MailAction.of(actions)
                .map(MailAction::value)
                .filter(value -> !value.isEmpty())
                .orElse(otherwise);
    }

    private static ConditionType conditionOf(CloudflareCall call, Diagnosis diagnosis) {
        if (Halt.isAboutToken(diagnosis.reason())) {
            return ConditionType.CREDENTIALS_VALID;
        }
        return switch (call) {
            case LIST_ZONES, CREATE_ZONE, GET_ZONE, DELETE_ZONE, LIST_DNS_RECORDS -> ConditionType.ZONE_READY;
            case GET_ROUTING, PATCH_ROUTING, ENABLE_ROUTING, ENABLE_ROUTING_DNS, DISABLE_ROUTING, DISABLE_ROUTING_DNS ->
                ConditionType.ROUTING_ENABLED;
            case GET_ROUTING_DNS, ADD_SUBDOMAIN, REMOVE_SUBDOMAIN -> ConditionType.DNS_READY;
            case LIST_RULES, GET_RULE, CREATE_RULE, UPDATE_RULE, DELETE_RULE, GET_CATCH_ALL, PUT_CATCH_ALL ->
                ConditionType.RULES_SYNCED;
            default -> ConditionType.CREDENTIALS_VALID;
        };
    }
}
