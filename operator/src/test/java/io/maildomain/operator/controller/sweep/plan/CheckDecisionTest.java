package io.maildomain.operator.controller.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.controller.sweep.plan.CheckDecision.Await;
import io.maildomain.operator.controller.sweep.plan.CheckDecision.Known;
import io.maildomain.operator.controller.sweep.plan.CheckDecision.Own;
import io.maildomain.operator.controller.sweep.plan.CheckDecision.Swept;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CheckDecisionTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private static Instant ago(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private static CheckDecision decided(Instant looked, Instant swept, Instant since) {
        return CheckDecision.of(new Known(true, false, true, true, looked, true, swept, since, INTERVAL, false), NOW);
    }

    @Test
    void aSweepSinceTheLastLookServes() {
        assertThat(decided(ago(15), ago(5), ago(60))).isEqualTo(new Swept(Duration.ofMinutes(25)));
        assertThat(decided(null, ago(5), ago(60))).isEqualTo(new Swept(Duration.ofMinutes(25)));
    }

    @Test
    void otherTermsSinceTheLastLookDoNotWaitForASweep() {
        Known known = new Known(true, false, true, false, ago(5), true, ago(6), ago(60), INTERVAL, false);
        assertThat(CheckDecision.of(known, NOW)).isEqualTo(new Own());

        Known seen = new Known(true, false, true, false, ago(15), true, ago(5), ago(60), INTERVAL, false);
        assertThat(CheckDecision.of(seen, NOW)).as("a sweep tells as much").isInstanceOf(Swept.class);

        Known silent = new Known(true, false, true, false, ago(5), true, ago(6), ago(60), INTERVAL, true);
        assertThat(CheckDecision.of(silent, NOW))
                .as("Cloudflare does not answer")
                .isInstanceOf(Await.class);
    }

    @Test
    void aSweepThatBeganBeforeTheLastLookIsNotGoneBy() {
        assertThat(decided(ago(5), ago(6), ago(60))).isEqualTo(new Await(Duration.ofMinutes(25)));
        assertThat(decided(ago(5), ago(5), ago(60))).isInstanceOf(Await.class);
    }

    @Test
    void afterAStartTheFirstSweepIsWaitedForButNotForEver() {
        assertThat(decided(null, null, ago(1))).isEqualTo(new Await(Duration.ofMinutes(29)));
        assertThat(decided(null, null, ago(30))).isEqualTo(new Own());
    }

    @Test
    void oneThatNoSweepHasSeenForThreeIntervalsLooksForItself() {
        assertThat(decided(ago(31), ago(31), ago(60))).isEqualTo(new Own());
        assertThat(decided(ago(40), ago(30), ago(60))).isEqualTo(new Own());
    }

    @Test
    void whileCloudflareDoesNotAnswerAndAnotherOneHasTriedItWaitsOneMoreInterval() {
        Known known = new Known(true, false, true, true, ago(40), true, ago(31), ago(60), INTERVAL, true);
        assertThat(CheckDecision.of(known, NOW)).isEqualTo(new Await(INTERVAL));

        Known notWell = new Known(true, false, true, true, ago(1), false, ago(31), ago(60), INTERVAL, true);
        assertThat(CheckDecision.of(notWell, NOW)).as("one with work to do").isEqualTo(new Own());
    }

    @Test
    void whatNoSweepCanTellIsLookedAtByItself() {
        assertThat(CheckDecision.of(
                        new Known(false, false, true, true, null, true, ago(1), ago(60), INTERVAL, false), NOW))
                .as("too few domains, or no list that the token may read")
                .isEqualTo(new Own());
        assertThat(CheckDecision.of(
                        new Known(true, true, true, true, null, true, ago(1), ago(60), INTERVAL, false), NOW))
                .as("a refused token")
                .isEqualTo(new Own());
        assertThat(CheckDecision.of(
                        new Known(true, false, false, true, ago(9), true, ago(1), ago(60), INTERVAL, false), NOW))
                .as("another token than that of its last look")
                .isEqualTo(new Own());
        assertThat(CheckDecision.of(
                        new Known(true, false, true, true, ago(9), false, ago(1), ago(60), INTERVAL, false), NOW))
                .as("its last look did not find all well")
                .isEqualTo(new Own());
    }

    @Property
    void nobodyWaitsForMoreThanThreeIntervals(
            @ForAll @IntRange(max = 100) int looked,
            @ForAll @IntRange(max = 100) int swept,
            @ForAll @IntRange(max = 100) int since) {
        if (decided(ago(looked), ago(swept), ago(since)) instanceof Await await) {
            assertThat(await.pause()).isPositive().isLessThanOrEqualTo(INTERVAL.multipliedBy(3));
        }
    }
}
