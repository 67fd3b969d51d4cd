package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.Convergence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Remembers which rules of ours had to be put right, to notice that others keep changing them back (Contested:
 * 3 times in an hour). Lost on a restart, which costs at most three more corrections.
 */
final class DriftHistory {

    private static final int TIMES = 3;
    private static final Duration WITHIN = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Rule, Deque<Instant>> corrections = new ConcurrentHashMap<>();

    /** Known by its address: one that another tool deletes comes back under another id. */
    private record Rule(String resource, String address) {}

    DriftHistory(Clock clock) {
        this.clock = clock;
    }

    /** Remembers, of what was done under a spec that had been looked at before, what put rules right that stood. */
    void applied(MailDomain live, List<Change> done) {
        if (!Convergence.isSeen(live)) {
            return;
        }
        String resource = live.getMetadata().getUid();
        deleted(resource, done);
        Set<String> stood = rulesThatStood(live);
        done.stream()
                .filter(Change.RuleWrite.class::isInstance)
                .map(Change::subject)
                .filter(stood::contains)
                .forEach(address -> corrected(resource, address));
    }

    /** Addresses whose rules were as this very spec says, however the rest of the domain stood. */
    private static Set<String> rulesThatStood(MailDomain live) {
        return live.getStatus().rules().stream()
                .filter(rule -> rule.state() == RuleState.Synced || rule.state() == RuleState.Contested)
                .map(RuleStatus::address)
                .collect(Collectors.toSet());
    }

    /** A rule was put right although its spec had not changed. */
    void corrected(String resource, String address) {
        corrections.compute(new Rule(resource, address), (rule, times) -> {
            Deque<Instant> recent = times == null ? new ArrayDeque<>() : new ArrayDeque<>(times);
            recent.addLast(clock.instant());
            while (recent.size() > TIMES) {
                recent.removeFirst();
            }
            return recent;
        });
    }

    /** The resource is gone. */
    void forget(String resource) {
        corrections.keySet().removeIf(rule -> rule.resource().equals(resource));
    }

    /** The resources of which something is remembered. */
    Set<String> uids() {
        return corrections.keySet().stream().map(Rule::resource).collect(Collectors.toSet());
    }

    /** Rules that were deleted under an unchanged spec: another user or tool had created them again. */
    void deleted(String resource, List<Change> done) {
        done.stream()
                .filter(change -> change instanceof Change.DeleteRule)
                .forEach(change -> corrected(resource, change.subject()));
    }

    /** The addresses of a resource whose rules were put right so often of late that it is a quarrel. */
    Set<String> contested(String resource) {
        Instant since = clock.instant().minus(WITHIN);
        corrections.values().removeIf(times -> times.getLast().isBefore(since));
        Set<String> addresses = new HashSet<>();
        corrections.forEach((rule, times) -> {
            if (rule.resource().equals(resource)
                    && times.size() >= TIMES
                    && times.getFirst().isAfter(since)) {
                addresses.add(rule.address());
            }
        });
        return addresses;
    }
}
