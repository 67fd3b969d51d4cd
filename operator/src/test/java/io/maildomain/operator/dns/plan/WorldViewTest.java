package io.maildomain.operator.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.dns.plan.WorldView.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WorldViewTest {

    @Provide
    Arbitrary<WorldView> views() {
        Arbitrary<Answer<List<String>>> hosts = answers(Arbitraries.of(List.of("a.example"), List.of("b.example")));
        Arbitrary<Answer<List<Integer>>> tags = answers(Arbitraries.of(List.of(1), List.of(2)));
        Arbitrary<SenderPolicyFinding> senders = Arbitraries.of(
                new SenderPolicyFinding.Valid(1, true),
                new SenderPolicyFinding.Absent(),
                new SenderPolicyFinding.Unclear("x.example", Answer.Failure.NO_ANSWER));
        return Combinators.combine(
                        Arbitraries.of("", "com"),
                        hosts,
                        tags,
                        Arbitraries.of(true, false),
                        Arbitraries.of("", "web.example"),
                        hosts,
                        senders)
                .as((parent, servers, keys, broken, alias, exchangers, policy) ->
                        new WorldView(parent, servers, keys, broken, alias, exchangers, policy, Answer.absent()))
                // The word of the zone above is an answer.
                .filter(view ->
                        view.parent().isEmpty() || view.nameServers().failure().isEmpty());
    }

    private static <T> Arbitrary<Answer<T>> answers(Arbitrary<T> values) {
        return Arbitraries.oneOf(
                values.map(Answer.Found::new),
                Arbitraries.create(Answer::absent),
                Arbitraries.of(Answer.Failure.values()).map(Answer::failed));
    }

    /** What is kept is as it was, and the rest is as it is seen now. */
    @Property(tries = 500)
    void eachPartIsOneOrTheOther(@ForAll("views") WorldView now, @ForAll("views") WorldView before) {
        WorldView both = now.orElse(before, now.missing());

        assertThat(now.missing()).containsAll(both.missing());
        assertThat(now.orElse(before, Set.of())).isEqualTo(now);
        if (before.isWhole()) {
            assertThat(both.isWhole()).isTrue();
        }
    }

    /** Whatever is seen in turn: a part that was known is lost only after it has failed three times in a row. */
    @Property(tries = 500)
    void aPartIsLostAfterThreeFailuresInARow(@ForAll @Size(min = 1, max = 12) List<@From("views") WorldView> seen) {
        Belief belief = Belief.NONE;
        List<Set<Part>> missed = new ArrayList<>();
        for (WorldView view : seen) {
            Set<Part> unknown = belief.said().map(WorldView::missing).orElse(Set.of());
            belief = belief.after(view);
            missed.add(view.missing());
            List<Set<Part>> last = missed.subList(Math.max(0, missed.size() - 3), missed.size());

            assertThat(belief.said().map(WorldView::missing).orElse(Set.of()))
                    .allMatch(part -> unknown.contains(part)
                            || last.size() == 3 && last.stream().allMatch(parts -> parts.contains(part)));
        }
    }

    @Test
    void oneThatWasSilentFromTheBeginningIsNotKnownAfterThreeLooks() {
        WorldView silent = view("com", Answer.failed(Answer.Failure.NO_ANSWER));
        WorldView answering = view("com", new Answer.Found<>(List.of("a.example")));

        assertThat(Belief.NONE.after(silent).said()).isEmpty();
        assertThat(Belief.NONE.after(silent).after(answering).said()).contains(answering);
        assertThat(Belief.NONE.after(silent).after(silent).after(silent).said()).contains(silent);
    }

    /** A stranger may see to it that an include of theirs never answers. */
    @Test
    void aPartThatAlwaysFailsTakesNothingFromTheOthers() {
        WorldView odd = withSenders(view("com", new Answer.Found<>(List.of("a.example"))));
        WorldView worse = withSenders(view("com", Answer.failed(Answer.Failure.NO_ANSWER)));
        Belief settled = Belief.NONE.after(odd).after(odd).after(odd).after(odd);

        assertThat(settled.after(worse).said()).contains(odd);
        assertThat(settled.after(worse).after(worse).said()).contains(odd);
        assertThat(settled.after(worse).after(worse).after(worse).said()).contains(worse);
    }

    private static WorldView view(String parent, Answer<List<String>> exchangers) {
        return new WorldView(
                parent,
                new Answer.Found<>(List.of("ns.example")),
                Answer.absent(),
                false,
                "",
                exchangers,
                new SenderPolicyFinding.Absent(),
                Answer.absent());
    }

    private static WorldView withSenders(WorldView view) {
        return new WorldView(
                view.parent(),
                view.nameServers(),
                view.keyTags(),
                view.signaturesBroken(),
                view.alias(),
                view.exchangers(),
                new SenderPolicyFinding.Unclear("gone.example", Answer.Failure.SERVER_FAILED),
                view.reports());
    }
}
