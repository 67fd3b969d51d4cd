package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.controller.maildomain.Outcomes.Requeued;
import io.maildomain.operator.controller.maildomain.plan.HostOutcome;
import io.maildomain.operator.controller.maildomain.plan.RuleOutcome;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Optional;

/** Sums many verdicts up in one condition: the first that is not good gives the reason and the words. Pure. */
final class ResultChecks {

    private ResultChecks() {}

    static Check dns(List<Requeued<HostOutcome>> hosts) {
        List<HostOutcome> bad = hosts.stream()
                .map(Requeued::verdict)
                .filter(host -> !host.ready())
                .toList();
        if (!bad.isEmpty()) {
            HostOutcome first = bad.get(0);
            return Check.no(ConditionType.DNS_READY, first.reason(), first.message() + more(bad.size()));
        }
        Optional<HostOutcome> unlocked = hosts.stream()
                .map(Requeued::verdict)
                .filter(host -> host.state() == HostState.Unlocked)
                .findFirst();
        return unlocked.map(host -> Check.yes(ConditionType.DNS_READY, Reason.RecordsUnlocked, host.message()))
                .orElseGet(() -> Check.yes(
                        ConditionType.DNS_READY, Reason.RecordsReady, "mail records stand on " + count(hosts, "host")));
    }

    static Check rules(List<Requeued<RuleOutcome>> rules) {
        List<RuleOutcome> bad = rules.stream()
                .map(Requeued::verdict)
                .filter(rule -> !rule.good())
                .toList();
        if (bad.isEmpty()) {
            return Check.yes(
                    ConditionType.RULES_SYNCED, Reason.RulesSynced, count(rules, "rule") + " as the spec says");
        }
        RuleOutcome first = bad.get(0);
        String said = first.message().isEmpty() ? "not written yet" : first.message();
        return Check.no(
                ConditionType.RULES_SYNCED, reason(first.state()), first.address() + ": " + said + more(bad.size()));
    }

    /** The reason bears the name of the state of the rule that is not in line. */
    private static Reason reason(RuleState state) {
        return switch (state) {
            case Synced, Matched -> Reason.RulesSynced;
            case Pending -> Reason.Pending;
            case Failed -> Reason.Failed;
            case Conflict -> Reason.Conflict;
            case DestinationUnverified -> Reason.DestinationUnverified;
            case WorkerMissing -> Reason.WorkerMissing;
            case AccessDenied -> Reason.AccessDenied;
            case Contested -> Reason.Contested;
            case NotExpressible -> Reason.NotExpressible;
        };
    }

    static String allWell(List<Requeued<HostOutcome>> hosts, List<Requeued<RuleOutcome>> rules) {
        return "mail is routed: " + count(rules, "rule") + " on " + count(hosts, "host");
    }

    private static String more(int total) {
        return total == 1 ? "" : " (+" + (total - 1) + " more)";
    }

    private static String count(List<?> things, String name) {
        return things.size() + " " + name + (things.size() == 1 ? "" : "s");
    }
}
