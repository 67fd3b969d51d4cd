package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.domain.Verdicts.Paced;
import java.util.List;
import java.util.Optional;

/** Sums many verdicts up in one condition: the first that is not good gives the reason and the words. Pure. */
final class ResultChecks {

    private ResultChecks() {}

    static Check dns(List<Paced<HostVerdict>> hosts) {
        List<HostVerdict> bad =
                hosts.stream().map(Paced::verdict).filter(host -> !host.ready()).toList();
        if (!bad.isEmpty()) {
            HostVerdict first = bad.get(0);
            return Check.no(ConditionType.DNS_READY, first.reason(), first.message() + more(bad.size()));
        }
        Optional<HostVerdict> unlocked = hosts.stream()
                .map(Paced::verdict)
                .filter(host -> host.state() == HostState.Unlocked)
                .findFirst();
        return unlocked.map(host -> Check.yes(ConditionType.DNS_READY, "RecordsUnlocked", host.message()))
                .orElseGet(() -> Check.yes(
                        ConditionType.DNS_READY, "RecordsReady", "mail records stand on " + count(hosts, "host")));
    }

    static Check rules(List<Paced<RuleVerdict>> rules) {
        List<RuleVerdict> bad =
                rules.stream().map(Paced::verdict).filter(rule -> !rule.good()).toList();
        if (bad.isEmpty()) {
            return Check.yes(ConditionType.RULES_SYNCED, "RulesSynced", count(rules, "rule") + " as the spec says");
        }
        RuleVerdict first = bad.get(0);
        String said = first.message().isEmpty() ? "not written yet" : first.message();
        return Check.no(
                ConditionType.RULES_SYNCED, first.state().name(), first.address() + ": " + said + more(bad.size()));
    }

    static String allWell(List<Paced<HostVerdict>> hosts, List<Paced<RuleVerdict>> rules) {
        return "mail is routed: " + count(rules, "rule") + " on " + count(hosts, "host");
    }

    private static String more(int total) {
        return total == 1 ? "" : " (+" + (total - 1) + " more)";
    }

    private static String count(List<?> things, String name) {
        return things.size() + " " + name + (things.size() == 1 ? "" : "s");
    }
}
