package io.maildomain.operator.domain;

import io.maildomain.operator.cloudflare.CloudflareException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a list of changes.
 *
 * @param done took effect
 * @param failed with why
 * @param skipped were not tried, because of an earlier failure
 * @param ruleIds the ids that Cloudflare gave to created rules, by address
 * @param outdated were planned from what is no longer so
 * @param notTaken were answered with success, by an answer that shows something else
 * @param kept hosts whose records stay, because removing one would switch off the domain's own routing
 */
record Applied(
        List<Change> done,
        List<Failed> failed,
        List<Change> skipped,
        List<Change> outdated,
        Map<String, String> ruleIds,
        List<Change> notTaken,
        List<String> kept) {

    Applied {
        done = List.copyOf(done);
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
        outdated = List.copyOf(outdated);
        ruleIds = Map.copyOf(ruleIds);
        notTaken = List.copyOf(notTaken);
        kept = List.copyOf(kept);
    }

    /** Whatever was done took effect. */
    Applied(
            List<Change> done,
            List<Failed> failed,
            List<Change> skipped,
            Map<String, String> ruleIds,
            List<String> kept) {
        this(done, failed, skipped, List.of(), ruleIds, List.of(), kept);
    }

    /** A change that Cloudflare did not confirm. */
    record Failed(Change change, CloudflareException why) {}

    static Applied nothing() {
        return new Applied(List.of(), List.of(), List.of(), Map.of(), List.of());
    }

    boolean complete() {
        return failed.isEmpty() && skipped.isEmpty() && outdated.isEmpty();
    }

    Optional<Failed> failureOf(String ruleAddress) {
        return failed.stream()
                .filter(failure -> failure.change() instanceof Change.RuleChange rule
                        && rule.address().equalsIgnoreCase(ruleAddress))
                .findFirst();
    }

    Optional<Failed> failureOf(Class<? extends Change> kind, String subject) {
        return failed.stream()
                .filter(failure -> kind.isInstance(failure.change())
                        && failure.change().subject().equals(subject))
                .findFirst();
    }

    boolean did(Class<? extends Change> kind) {
        return done.stream().anyMatch(kind::isInstance);
    }

    boolean did(Class<? extends Change> kind, String subject) {
        return done.stream()
                .anyMatch(change -> kind.isInstance(change) && change.subject().equals(subject));
    }
}
