package io.maildomain.operator.controller.maildomain;

import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.ZoneSighting;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what failed calls mean for one MailDomain. */
record Failures(String domain, Usable with) {

    /** What ended the reconcile. */
    Blocked blocked(CloudflareException failure) {
        return blocked(failure, ZoneSighting.NOT_SEEN);
    }

    /** The same, where a look for the zone followed that could not be created. */
    Blocked blocked(CloudflareException failure, ZoneSighting sighting) {
        Diagnosis diagnosis = Catalogue.diagnose(failure, with.context(domain, domain), sighting);
        return Blocked.of(conditionOf(failure.call(), diagnosis), failure, diagnosis);
    }

    /** What a failed call means, apart from any change. */
    Diagnosis diagnosis(CloudflareException failure) {
        return Catalogue.diagnose(failure, with.context(domain, domain));
    }

    /** The same, where Cloudflare refuses for a reason of its own; empty for all else. */
    static Optional<Diagnosis> ofItsOwn(CloudflareException failure, Diagnosis diagnosis) {
        return Blocked.isCloudflaresOwn(failure, diagnosis) ? Optional.of(diagnosis) : Optional.empty();
    }

    /** Why one change did not come about. */
    Diagnosis of(ChangeOutcome.Failed failed) {
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
    Requeue requeueOf(ApplyResult applied) {
        Requeue requeue = applied.skipped().isEmpty() ? Requeue.RESYNC : Requeue.STALLED;
        for (ChangeOutcome.Failed failed : applied.failed()) {
            requeue = requeue.sooner(blocked(failed.why()).requeue());
        }
        return requeue;
    }

    /** How long Cloudflare, or our budget, asks to wait at least. */
    Duration waitOf(ApplyResult applied) {
        return applied.failed().stream()
                .map(failed -> blocked(failed.why()).notBefore())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Whether all that failed only waits for budget. */
    boolean onlyPostponed(ApplyResult applied) {
        return !applied.failed().isEmpty()
                && applied.failed().stream()
                        .allMatch(failed -> blocked(failed.why()).quiet());
    }

    /** Whether all that failed was refused in a way that Cloudflare takes back at times. */
    boolean onlyPerhapsStray(ApplyResult applied) {
        return applied.failed().stream()
                .allMatch(failed -> Blocked.mayBeStray(failed.why())
                        && blocked(failed.why()).requeue() == Requeue.STALLED);
    }

    private static String targetOf(List<RuleAction> actions, String otherwise) {
        return MailAction.of(actions)
                .map(MailAction::value)
                .filter(value -> !value.isEmpty())
                .orElse(otherwise);
    }

    private static ConditionType conditionOf(CloudflareCall call, Diagnosis diagnosis) {
        if (diagnosis.reason().isAboutToken()) {
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
