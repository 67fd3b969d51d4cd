package io.maildomain.operator.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of each domain of an import. */
record ImportReport(List<Line> domains) {

    /** What became of a domain. */
    enum Outcome {
        /** Written, and the operator manages it. */
        Managed("managed"),
        /** Written, and the operator only observes it: managing it would change something at once. */
        Observed("only observed"),
        /** Email Routing was never used there. */
        Unused("without Email Routing, not written"),
        /** An earlier run wrote it. */
        Skipped("written earlier"),
        /** No MailDomain can be about it. */
        Unsupported("not supported"),
        /** The token may not read it: another run finds the same. */
        Denied("not readable with this token"),
        /** It could not be read. */
        Failed("failed");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    /**
     * @param file "" where none was written
     * @param rules how many the manifest has
     * @param left what stands at Cloudflare and in no manifest
     * @param pending what mode Manage would change at once
     * @param problem why it was not written; "" where it was
     */
    @JsonPropertyOrder({"domain", "outcome", "file", "rules", "catchAll", "left", "pending", "problem"})
    record Line(
            String domain,
            Outcome outcome,
            String file,
            int rules,
            boolean catchAll,
            List<String> left,
            List<String> pending,
            String problem) {

        static Line of(String domain, Outcome outcome, String problem) {
            return new Line(domain, outcome, "", 0, false, List.of(), List.of(), problem);
        }

        /** Whether a person has something to do or to decide about it. */
        boolean isNotable() {
            return switch (outcome) {
                case Failed, Denied, Unsupported, Observed -> true;
                case Managed, Unused, Skipped -> !left.isEmpty();
            };
        }

        /** For people. */
        String describe() {
            String much = outcome == Outcome.Managed || outcome == Outcome.Observed
                    ? ", %s%s%s"
                            .formatted(
                                    rules == 1 ? "1 rule" : rules + " rules",
                                    catchAll ? ", a catch-all" : "",
                                    left.isEmpty() ? "" : ", " + left.size() + " in comments")
                    : "";
            return domain + ": " + outcome.words + much + (problem.isEmpty() ? "" : ": " + problem);
        }
    }

    /** A domain in a line of its own, with how far the run has come. */
    @JsonPropertyOrder({"done", "of"})
    record Step(int done, int of, @JsonUnwrapped Line line) {}

    ImportReport {
        domains = List.copyOf(domains);
    }

    /** Whether all that was asked for is there. */
    boolean isComplete() {
        return domains.stream()
                .map(Line::outcome)
                .noneMatch(Set.of(Outcome.Failed, Outcome.Denied, Outcome.Unsupported)::contains);
    }

    String summary() {
        Map<Outcome, Long> counts =
                domains.stream().collect(Collectors.groupingBy(Line::outcome, Collectors.counting()));
        return domains.isEmpty()
                ? "the token sees no zone"
                : Arrays.stream(Outcome.values())
                        .filter(counts::containsKey)
                        .map(outcome -> counts.get(outcome) + " " + outcome.words)
                        .collect(Collectors.joining(", "));
    }

    String json() {
        return JsonOutput.of(this);
    }
}
