package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.status.Conditions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Remembers which rules of ours had to be put right, to notice that others keep changing them back (Contested:
 * 3 times in an hour). Lost on a restart, which costs at most three more corrections.
 */
final class DriftHistory {

    private static final int TIMES = 3;
    private static final Duration WITHIN = Duration.ofHours(1);

    private final Clock clock;
    /**
     * By resource, and then by the rule's address: one that another tool deletes comes back under another id. What is there
     * never changes: it is replaced.
     */
    private final Map<String, Map<String, List<Instant>>> corrections = new ConcurrentHashMap<>();

    DriftHistory(Clock clock) {
        this.clock = clock;
    }

    /**
     * Remembers, of what was done under a spec that had been looked at before, what put rules right that stood.
     *
     * @param attached whether Mailboxes ask for the rule of an address, of which the status of the MailDomain says nothing
     */
    void applied(MailDomain live, List<Change> done, Predicate<String> attached) {
        if (!Conditions.isSeen(live)) {
            return;
        }
        String resource = live.getMetadata().getUid();
        deleted(resource, done);
        Set<String> stood = rulesThatStood(live);
        done.stream()
                .filter(Change.RuleWrite.class::isInstance)
                .map(Change::subject)
                .filter(attached.or(stood::contains))
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
        corrections.compute(resource, (uid, known) -> {
            Map<String, List<Instant>> rules = new HashMap<>(known == null ? Map.of() : known);
            List<Instant> times = new ArrayList<>(rules.getOrDefault(address, List.of()));
            times.add(clock.instant());
            rules.put(address, List.copyOf(times.subList(Math.max(0, times.size() - TIMES), times.size())));
            return rules;
        });
    }

    /** The resource is gone. */
    void forget(String resource) {
        corrections.remove(resource);
    }

    /** The resources of which something is remembered. */
    Set<String> uids() {
        return Set.copyOf(corrections.keySet());
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
        return recent(resource, since).entrySet().stream()
                .filter(rule -> rule.getValue().size() >= TIMES
                        && rule.getValue().get(0).isAfter(since))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What was last put right before that time is forgotten. */
    private Map<String, List<Instant>> recent(String resource, Instant since) {
        Map<String, List<Instant>> left = corrections.computeIfPresent(resource, (uid, known) -> {
            Map<String, List<Instant>> rules = new HashMap<>(known);
            rules.values().removeIf(times -> times.get(times.size() - 1).isBefore(since));
            return rules.isEmpty() ? null : rules;
        });
        return left == null ? Map.of() : left;
    }
}
