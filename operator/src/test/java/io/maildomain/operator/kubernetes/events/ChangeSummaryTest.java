package io.maildomain.operator.kubernetes.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeSummaryTest {

    @Test
    void noChangesAreNoSentences() {
        assertThat(ChangeSummary.sentences(List.of())).isEmpty();
    }

    @Test
    void oneChangeIsNamedWithoutACount() {
        assertThat(ChangeSummary.sentences(List.of(new ReportedChange("enabled", "routing", "example.com"))))
                .containsExactly(entry("enabled", "enabled routing example.com"));
    }

    @Test
    void upToThreeAreAllNamed() {
        assertThat(ChangeSummary.sentences(created("rule", 2))).containsValue("created 2 rules: s1, s2");
        assertThat(ChangeSummary.sentences(created("rule", 3))).containsValue("created 3 rules: s1, s2, s3");
    }

    @Test
    void ofMoreTwoAreNamedAndTheRestIsCounted() {
        assertThat(ChangeSummary.sentences(created("rule", 4))).containsValue("created 4 rules: s1, s2, … +2");
        assertThat(ChangeSummary.sentences(created("rule", 200))).containsValue("created 200 rules: s1, s2, … +198");
        assertThat(ChangeSummary.sentences(created("address", 5))).containsValue("created 5 addresses: s1, s2, … +3");
    }

    @Test
    void thereIsOneSentencePerVerbInTheOrderOfTheChanges() {
        assertThat(ChangeSummary.sentences(List.of(
                        new ReportedChange("updated", "rule", "a"),
                        new ReportedChange("created", "rule", "b"),
                        new ReportedChange("updated", "rule", "c"),
                        new ReportedChange("created", "subdomain", "in"))))
                .containsExactly(
                        entry("updated", "updated 2 rules: a, c"), entry("created", "created rule b; subdomain in"));
    }

    private static List<ReportedChange> created(String noun, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new ReportedChange("created", noun, "s" + number))
                .toList();
    }
}
