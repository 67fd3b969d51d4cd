package io.maildomain.operator.controller;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Admission;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a resource says while it waits for its turn at Cloudflare. Pure. */
final class QueuedConditions {

    /** A shorter wait is over before a user has read of it. */
    private static final Duration SAID_AFTER = Duration.ofMinutes(1);

    private static final Duration LONG = Duration.ofMinutes(30);

    private QueuedConditions() {}

    /** Those of a resource: as they are where nothing is to be said. */
    static List<Condition> of(CustomResource<?, ? extends Conditioned> live, Admission.Waiting waiting, Instant now) {
        Conditioned status = live.getStatus();
        List<Condition> before = status == null ? List.of() : status.conditions();
        ServiceClass service = ServiceClasses.of(live, status);
        return of(before, service, live.getMetadata().getGeneration(), waiting, now)
                .orElse(before);
    }

    /**
     * The conditions of one that has waited for long: those that it had, and Reconciling. Ready is only said where there is
     * none yet. Empty where nothing is to be said: of a check, which no user waits for, and of what stalls at this generation.
     */
    static Optional<List<Condition>> of(
            List<Condition> before, ServiceClass service, long generation, Admission.Waiting waiting, Instant now) {
        boolean stalls = Conditions.find(before, ConditionType.STALLED)
                .filter(stalled -> Long.valueOf(generation).equals(stalled.observedGeneration()))
                .isPresent();
        if (service == ServiceClass.CHECK || stalls || waiting.waited().compareTo(SAID_AFTER) < 0) {
            return Optional.empty();
        }
        Check queued = Check.yes(
                ConditionType.RECONCILING,
                Reason.WaitingForBudget,
                "waits for its turn, since Cloudflare allows no more requests at the moment; it is likely to be served by "
                        + rounded(now, waiting.expected()));
        List<Check> said = new ArrayList<>();
        if (Conditions.find(before, ConditionType.READY).isEmpty()) {
            said.add(Check.unknown(ConditionType.READY, queued.reason(), queued.message()));
        }
        said.add(queued);
        List<Condition> all = new ArrayList<>();
        before.stream()
                .filter(condition -> !ConditionType.RECONCILING.value().equals(condition.type()))
                .filter(condition -> !ConditionType.STALLED.value().equals(condition.type()))
                .forEach(all::add);
        all.addAll(Conditions.of(before, said, generation, now));
        return Optional.of(all);
    }

    /** Up to the next five minutes, or thirty where it takes long: the status is not to be written at each look. */
    private static Instant rounded(Instant now, Duration expected) {
        long step = expected.compareTo(LONG) < 0 ? 300 : 1800;
        long second = now.plus(expected).getEpochSecond();
        return Instant.ofEpochSecond(Math.floorDiv(second + step, step) * step);
    }
}
