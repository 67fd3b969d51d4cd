package io.maildomain.operator.controller.secrets.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.controller.secrets.plan.HoldDecision.Await;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Cause;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Hold;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Leave;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Limits;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Release;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a Secret is held, and that it never is for ever. */
class HoldDecisionTest {

    private static final Instant START = Instant.parse("2026-11-29T08:00:00Z");
    private static final Limits LIMITS = new Limits(Duration.ofMinutes(1), Duration.ofHours(24));
    private static final Need STAYS = new Need("mail/stays", false);
    private static final Need GOES = new Need("mail/goes", true);

    private static HoldDecision decide(View secret, Instant now) {
        return HoldDecision.of(secret, LIMITS, START, now);
    }

    private static View listed(boolean held, @Nullable Instant deletion, Need... needs) {
        return new View(true, held, deletion, List.of(needs));
    }

    @Test
    void aSecretIsHeldFromWhenADomainNeedsItSoBeforeAnythingIsDeleted() {
        assertThat(decide(listed(false, null, STAYS), START)).isEqualTo(new Hold());
        assertThat(decide(listed(true, null, STAYS), START)).isEqualTo(new Leave());
    }

    @Test
    void aSecretThatNoDomainNeedsIsNeverTouched() {
        assertThat(decide(listed(false, null), START)).isEqualTo(new Leave());
    }

    @Test
    void aSecretThatTheInstallationDoesNotListIsNeverTouched() {
        assertThat(decide(new View(false, false, null, List.of(STAYS, GOES)), START))
                .isEqualTo(new Leave());
    }

    @Test
    void onOneThatIsBeingDeletedItIsTooLate() {
        assertThat(decide(listed(false, START, GOES), START)).isEqualTo(new Leave());
    }

    @Test
    void itGoesWithTheLastDomainThatNeedsIt() {
        assertThat(decide(listed(true, START, STAYS, GOES), START.plusSeconds(3600)))
                .isEqualTo(new Await(List.of("mail/goes"), START.plus(Duration.ofHours(24))));
        assertThat(decide(listed(true, START), START)).isEqualTo(new Release(Cause.NOT_NEEDED));
    }

    @Test
    void oneThatAUserDeletesOnPurposeGoesAfterTheGrace() {
        View deleted = listed(true, START, STAYS);

        assertThat(decide(deleted, START.plusSeconds(59))).isEqualTo(new Await(List.of(), START.plusSeconds(60)));
        assertThat(decide(deleted, START.plusSeconds(60))).isEqualTo(new Release(Cause.DELETED_ON_PURPOSE));
    }

    @Test
    void oneWhoseDomainsDoNotComeToAnEndGoesAfterTheLongestTime() {
        View stuck = listed(true, START, GOES);

        assertThat(decide(stuck, START.plus(Duration.ofHours(24)))).isEqualTo(new Release(Cause.TOO_LONG));
    }

    @Test
    void timeInWhichNoOperatorRanDoesNotCount() {
        View longGone = listed(true, START.minus(Duration.ofDays(30)), GOES);

        assertThat(decide(longGone, START.plusSeconds(5)))
                .isEqualTo(new Await(List.of("mail/goes"), START.plus(Duration.ofHours(24))));
    }

    @Test
    void aNameThatLeftTheListIsReleased() {
        assertThat(decide(new View(false, true, null, List.of(STAYS)), START)).isEqualTo(new Release(Cause.NOT_LISTED));
    }

    /** Whatever else is so: a Secret that is being deleted goes in a bounded time, and what is put on is taken off. */
    @Property
    void nothingIsHeldForEver(@ForAll("views") View secret) {
        HoldDecision late = decide(secret, START.plus(Duration.ofDays(1)));

        if (secret.deletion() != null && secret.held()) {
            assertThat(late).isInstanceOf(Release.class);
        }
        if (secret.needs().isEmpty()) {
            assertThat(late).isNotInstanceOfAny(Hold.class, Await.class);
        }
    }

    /** Else the sweep would put it on and take it off in turns. */
    @Property
    void whatIsPutOnIsNotTakenOffAtOnce(@ForAll("views") View secret) {
        if (decide(secret, START) instanceof Hold) {
            View after = new View(secret.listed(), true, secret.deletion(), secret.needs());
            assertThat(decide(after, START)).isEqualTo(new Leave());
        }
    }

    @Provide
    Arbitrary<View> views() {
        Arbitrary<Boolean> truth = Arbitraries.of(true, false);
        Arbitrary<Instant> deletions = Arbitraries.of(START.minusSeconds(3600), START);
        return Combinators.combine(
                        truth,
                        truth,
                        deletions.injectNull(0.4),
                        Arbitraries.of(STAYS, GOES).list().ofMaxSize(3))
                .as(View::new);
    }
}
