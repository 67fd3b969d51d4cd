package io.maildomain.operator.domain;

import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.diagnosis.Diagnosis;
import java.util.Optional;

/** Whether Email Routing is on after a plan was applied. Pure. */
final class RoutingCheck {

    private RoutingCheck() {}

    static Check after(Plan plan, Applied applied, Aftermath aftermath, Failures failures) {
        Check on = Check.yes(ConditionType.ROUTING_ENABLED, "RoutingEnabled", "Email Routing is on");
        return switch (plan.routing()) {
            case ENABLED -> on;
            case BLOCKED_BY_FOREIGN_RECORDS ->
                plan.hosts().stream()
                        .findFirst()
                        .map(apex -> Check.no(ConditionType.ROUTING_ENABLED, apex.reason(), apex.message()))
                        .orElseGet(() -> Check.no(ConditionType.ROUTING_ENABLED, "ForeignRecords", "see status.dns"));
            case ASKED_IN_VAIN -> inVain(plan, aftermath);
            case TO_BE_ENABLED -> {
                if (!applied.did(Change.EnableRouting.class)) {
                    yield notEnabled(applied, failures);
                }
                yield aftermath.settings().enabled() ? on : inVain(plan, aftermath);
            }
        };
    }

    private static Check inVain(Plan plan, Aftermath aftermath) {
        String domain = plan.hosts().get(0).host();
        return Check.no(
                ConditionType.ROUTING_ENABLED, NotTaken.REASON, Sentences.notEnabled(domain, aftermath.settings()));
    }

    private static Check notEnabled(Applied applied, Failures failures) {
        Optional<Diagnosis> why = applied.failed().stream()
                .filter(failed -> failed.change() instanceof Change.EnableRouting)
                .findFirst()
                .map(failures::of);
        return Check.no(
                ConditionType.ROUTING_ENABLED,
                why.map(Diagnosis::reason).orElse("NotReached"),
                why.map(Diagnosis::message).orElse("other changes come first, and have not come through yet"));
    }
}
