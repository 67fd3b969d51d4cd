package io.maildomain.operator.controller.destination.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.operator.cloudflare.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationPlannerTest {
    private static final String EMAIL = "team@corp.example";
    private static final String ID = "00000000000000000000000000000001";
    private static final String OTHER = "00000000000000000000000000000002";
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final DestinationOwnership NOTHING = DestinationOwnership.of("0123456789abcdef0123456789abcdef");

    private static Destination destination(String id, Instant created, boolean verified) {
        return new Destination(id, EMAIL, created, verified, verified ? created.plusSeconds(60) : null);
    }

    private static DestinationFacts facts(DestinationOwnership noted, Destination seen, String request) {
        return new DestinationFacts(noted, seen, NOW, request, WITHIN);
    }

    private static DestinationStep next(DestinationOwnership noted, Destination seen, String request) {
        return DestinationPlanner.next(facts(noted, seen, request));
    }

    @Test
    void oneThatIsMissingIsCreatedAndThatIsNotedFirst() {
        assertThat(next(NOTHING, null, null)).isEqualTo(new DestinationStep.Create(NOTHING.creating(NOW, null)));
    }

    @Test
    void oneThatWasThereBeforeIsTakenAsItIs() {
        Destination seen = destination(ID, NOW.minusSeconds(3600), true);

        assertThat(next(NOTHING, seen, null)).isEqualTo(new DestinationStep.Hold(NOTHING.adopted(ID), seen, ""));
    }

    @ParameterizedTest(name = "created {0} s after it was noted")
    @CsvSource({"-1, false", "0, true", "90, true", "91, false"})
    void aLostAnswerIsFoundByTheTimeOfTheCreation(long seconds, boolean ours) {
        DestinationOwnership creating = NOTHING.creating(NOW, null);
        Destination seen = destination(ID, NOW.plusSeconds(seconds), false);

        assertThat(next(creating, seen, null).note()).isEqualTo(ours ? creating.created(ID) : creating.adopted(ID));
    }

    @Test
    void oneWhoseCreationIsNotDatedIsNotTheOperators() {
        Destination undated = new Destination(ID, EMAIL, null, false, null);

        assertThat(next(NOTHING.creating(NOW, null), undated, null).note())
                .isEqualTo(NOTHING.creating(NOW, null).adopted(ID));
    }

    @Test
    void oneThatAnotherUserHasCreatedAnewIsNotTheOperatorsAnyMore() {
        Destination other = destination(OTHER, NOW, false);

        assertThat(next(NOTHING.created(ID), other, null).note()).isEqualTo(NOTHING.adopted(OTHER));
    }

    @Test
    void oneThatWasDeletedAtCloudflareIsCreatedAnewOnlyOnRequest() {
        assertThat(next(NOTHING.created(ID), null, null)).isEqualTo(new DestinationStep.Leave(NOTHING.created(ID)));
        assertThat(next(NOTHING.adopted(ID), null, null)).isEqualTo(new DestinationStep.Leave(NOTHING.adopted(ID)));
        assertThat(next(NOTHING.created(ID), null, "again"))
                .isEqualTo(new DestinationStep.Create(NOTHING.creating(NOW, "again")));
    }

    @Test
    void aRequestRenewsOnlyWhatTheOperatorCreatedAndWhatWaitsForItsOwner() {
        Destination waiting = destination(ID, NOW, false);

        assertThat(next(NOTHING.created(ID), waiting, "again")).isInstanceOf(DestinationStep.Renew.class);
        assertThat(next(NOTHING.created(ID), destination(ID, NOW, true), "again"))
                .isInstanceOf(DestinationStep.Hold.class);
        assertThat(next(NOTHING.adopted(ID), waiting, "again"))
                .isEqualTo(
                        new DestinationStep.Hold(NOTHING.adopted(ID), waiting, DestinationMessages.NOT_OURS_TO_RENEW));
    }

    @Test
    void aRequestIsHeededOnce() {
        DestinationOwnership heeded = NOTHING.creating(NOW, "again").created(ID);

        assertThat(next(heeded, destination(ID, NOW, false), "again")).isInstanceOf(DestinationStep.Hold.class);
        assertThat(next(heeded, null, "again")).isInstanceOf(DestinationStep.Leave.class);
        assertThat(next(heeded, destination(ID, NOW, false), "and again")).isInstanceOf(DestinationStep.Renew.class);
    }

    /** Years later the address may be deleted at Cloudflare: that request is answered by then. */
    @Test
    void aRequestForAMailThatIsNotNeededHasNoneSentLater() {
        DestinationOwnership note =
                next(NOTHING.created(ID), destination(ID, NOW, true), "again").note();

        assertThat(next(note, null, "again")).isEqualTo(new DestinationStep.Leave(note));
        assertThat(next(note, null, "and again")).isInstanceOf(DestinationStep.Create.class);
    }

    @Test
    void onlyWhatTheOperatorCreatedIsDeletedAndOnlyWhileNothingNeedsIt() {
        Destination seen = destination(ID, NOW, true);
        DestinationFacts ours = facts(NOTHING.created(ID), seen, null);

        assertThat(removal(DeletionPolicy.Delete, ours)).isEqualTo(new DestinationRemoval.Delete(seen));
        assertThat(removal(DeletionPolicy.Retain, ours)).isInstanceOf(DestinationRemoval.Keep.class);
        assertThat(removal(DeletionPolicy.Delete, facts(NOTHING.adopted(ID), seen, null)))
                .isInstanceOf(DestinationRemoval.Keep.class);
        assertThat(removal(DeletionPolicy.Delete, facts(NOTHING.created(OTHER), seen, null)))
                .isInstanceOf(DestinationRemoval.Keep.class);
        assertThat(removal(DeletionPolicy.Delete, facts(NOTHING.created(ID), null, null)))
                .isEqualTo(new DestinationRemoval.Nothing());
        assertThat(DestinationRemoval.of(DeletionPolicy.Delete, ours, false, List.of("MailDomain example-com")))
                .isEqualTo(new DestinationRemoval.Wait(List.of("MailDomain example-com")));
        assertThat(DestinationRemoval.of(DeletionPolicy.Delete, ours, true, List.of()))
                .isInstanceOf(DestinationRemoval.Keep.class);
    }

    @Test
    void whatStaysAnywayIsNotLookedAt() {
        assertThat(DestinationRemoval.needsNoLook(DeletionPolicy.Retain, NOTHING.created(ID)))
                .isTrue();
        assertThat(DestinationRemoval.needsNoLook(DeletionPolicy.Delete, NOTHING))
                .isTrue();
        assertThat(DestinationRemoval.needsNoLook(DeletionPolicy.Delete, NOTHING.adopted(ID)))
                .isTrue();
        assertThat(DestinationRemoval.needsNoLook(DeletionPolicy.Delete, NOTHING.created(ID)))
                .isFalse();
        assertThat(DestinationRemoval.needsNoLook(DeletionPolicy.Delete, NOTHING.creating(NOW, null)))
                .isFalse();
    }

    private static DestinationRemoval removal(DeletionPolicy policy, DestinationFacts facts) {
        return DestinationRemoval.of(policy, facts, false, List.of());
    }

    @Test
    void whatIsSaidTellsWhoHasToDoWhat() {
        assertThat(DestinationMessages.there(EMAIL, destination(ID, NOW, true), ""))
                .isEqualTo("team@corp.example is verified since 2026-11-30T10:01:00Z: rules can forward to it");
        assertThat(DestinationMessages.there(EMAIL, destination(ID, NOW, false), ""))
                .contains("a link to click", "once its owner has");
        assertThat(DestinationMessages.gone(EMAIL)).contains(DestinationMessages.RESEND);
        assertThat(DestinationMessages.stateOf(destination(ID, NOW, false))).isEqualTo(DestinationState.Unverified);
    }
}
