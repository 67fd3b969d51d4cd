package io.maildomain.operator.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
                .as((parent, servers, keys, broken, alias, exchangers, policy) -> new WorldView(
                        parent, servers, keys, broken, alias, exchangers, policy, Answer.absent()));
    }

    private static <T> Arbitrary<Answer<T>> answers(Arbitrary<T> values) {
        return Arbitraries.oneOf(
                values.map(Answer.Found::new),
                Arbitraries.create(Answer::absent),
                Arbitraries.of(Answer.Failure.values()).map(Answer::failed));
    }

    /** A time-out takes nothing away from what is known. */
    @Property(tries = 500)
    void whatWasKnownStaysKnown(@ForAll("views") WorldView now, @ForAll("views") WorldView before) {
        WorldView both = now.orElse(before);

        if (before.isWhole()) {
            assertThat(both.isWhole()).isTrue();
            assertThat(both.isLessThan(before)).isFalse();
        }
    }

    /** What was found out counts, whatever was known. */
    @Property(tries = 500)
    void whatIsSeenNowReplacesWhatWasSeen(@ForAll("views") WorldView now, @ForAll("views") WorldView before) {
        if (!now.isLessThan(before) && !now.signaturesBroken()) {
            assertThat(now.orElse(before)).isEqualTo(now);
        }
    }
}
