package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.maildomain.plan.Aftermath;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.PlanMessages;
import io.maildomain.operator.controller.maildomain.plan.Planned;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import java.util.Optional;

/** Whether Email Routing is on after a plan was applied. Pure. */
final class RoutingCheck {

    private RoutingCheck() {}

    static Check after(Plan plan, ApplyResult applied, Aftermath aftermath, Failures failures) {
        Check on = Check.yes(ConditionType.ROUTING_ENABLED, Reason.RoutingEnabled, "Email Routing is on");
        return switch (plan.routing()) {
            case ENABLED -> on;
            case BLOCKED_BY_FOREIGN_RECORDS ->
                plan.hosts().stream()
                        .findFirst()
                        .map(Planned::outcome)
                        .map(apex -> Check.no(ConditionType.ROUTING_ENABLED, apex.reason(), apex.message()))
                        .orElseGet(
                                () -> Check.no(ConditionType.ROUTING_ENABLED, Reason.ForeignRecords, "see status.dns"));
            case ASKED_IN_VAIN -> inVain(plan, aftermath);
            case TO_BE_ENABLED -> {
                Optional<ChangeOutcome> enabling = applied.of(plan.hosts().get(0));
                if (enabling.filter(ApplyResult::isConfirmed).isEmpty()) {
                    yield notEnabled(enabling, failures);
                }
                yield aftermath.settings().enabled() ? on : inVain(plan, aftermath);
            }
        };
    }

    private static Check inVain(Plan plan, Aftermath aftermath) {
        String domain = plan.hosts().get(0).outcome().host();
        return Check.no(
                ConditionType.ROUTING_ENABLED,
                Reason.NotTakingEffect,
                PlanMessages.notEnabled(domain, aftermath.settings()));
    }

    private static Check notEnabled(Optional<ChangeOutcome> enabling, Failures failures) {
        Optional<Diagnosis> why = enabling.filter(ChangeOutcome.Failed.class::isInstance)
                .map(ChangeOutcome.Failed.class::cast)
                .map(failures::of);
        return Check.no(
                ConditionType.ROUTING_ENABLED,
                why.map(Diagnosis::reason).orElse(Reason.NotReached),
                why.map(Diagnosis::message).orElse("other changes come first, and have not come through yet"));
    }
}
