package io.maildomain.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.maildomain.plan.Change;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private static final List<Change> ONE_OF_EACH = List.of(
            new Change.EnableRouting("example.com", false),
            new Change.EnableRouting("example.com", true),
            new Change.DisableRouting("example.com"),
            new Change.AddSubdomain("in.example.com"),
            new Change.RemoveSubdomain("in.example.com", List.of(), List.of()),
            new Change.SetSubaddressing("example.com", true, false, false),
            new Change.SetSubaddressing("example.com", false, true, false),
            new Change.CreateRule("a@example.com", null),
            new Change.UpdateRule("a@example.com", "id", null),
            new Change.AdoptRule("a@example.com", "id", null, null),
            new Change.GiveBackRule("a@example.com", "id", null),
            new Change.DeleteRule("a@example.com", "id"));

    @Test
    void anEventHasAReasonForEachVerb() {
        assertThat(ChangeLog.VERBS.keySet())
                .isEqualTo(ONE_OF_EACH.stream().map(Change::verb).collect(Collectors.toSet()));
        assertThat(ONE_OF_EACH.stream().<Class<?>>map(Change::getClass).collect(Collectors.toSet()))
                .as("all changes")
                .isEqualTo(leaves(Change.class).collect(Collectors.toSet()));
    }

    @Test
    void whichBearsTheVerbsName() {
        assertThat(ChangeLog.VERBS)
                .containsEntry("took over", Reason.TookOver)
                .allSatisfy((verb, reason) -> assertThat(reason.name()).isEqualToIgnoringCase(verb.replace(" ", "")));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ChangeLogTest::leaves)
                : Stream.of(type);
    }
}
