package io.maildomain.operator.controller.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.fixture.ShiftedClock;
import io.maildomain.operator.fixture.TestResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeployTurnsTest {

    private static final long BYTES = 8_000;
    private static final long LARGE = BYTES / 2;

    private final ShiftedClock clock = ShiftedClock.stoppedAt(TestResources.NOW);
    private final List<HasMetadata> woken = new ArrayList<>();
    private final DeployTurns turns = new DeployTurns(BYTES, woken::add, clock);

    private static MailWorker worker(String namespace, String name) {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta(namespace, name, 0));
        return worker;
    }

    private boolean enters(HasMetadata resource) {
        return turns.enter(resource, 1);
    }

    private void leaves(HasMetadata resource) {
        turns.leave(resource.getMetadata().getUid());
    }

    /** Namespaces {@code n0}, {@code n1}, … with two that deploy each. */
    private void busy(int namespaces) {
        IntStream.range(0, namespaces).forEach(i -> {
            assertThat(enters(worker("n" + i, "a"))).isTrue();
            assertThat(enters(worker("n" + i, "b"))).isTrue();
        });
    }

    @Test
    void aNamespaceWithManyLeavesRoomForTheOthers() {
        List<Boolean> many = IntStream.range(0, 20)
                .mapToObj(i -> enters(worker("many", "w" + i)))
                .toList();

        assertThat(many).filteredOn(entered -> entered).hasSize(DeployTurns.MOST_OF_ONE);
        assertThat(enters(worker("other", "one"))).isTrue();
    }

    @Test
    void noMoreDeployThanThereArePlacesAndTheNextIsWokenOnceOneIsFree() {
        busy(4);
        MailWorker next = worker("next", "one");
        assertThat(enters(next)).isFalse();

        leaves(worker("n0", "a"));

        assertThat(woken).containsExactly(next);
        assertThat(enters(next)).isTrue();
        assertThat(enters(worker("n0", "a"))).as("none is free").isFalse();
    }

    @Test
    void namespacesTakeTurnsHoweverManyOfOneWait() {
        busy(4);
        IntStream.range(0, 10).forEach(i -> enters(worker("many", "w" + i)));
        MailWorker other = worker("other", "one");
        enters(other);

        leaves(worker("n0", "a"));
        assertThat(enters(worker("many", "w0"))).isTrue();
        assertThat(enters(other)).as("none is free").isFalse();
        leaves(worker("n0", "b"));

        assertThat(enters(worker("many", "w1")))
                .as("its namespace was served last")
                .isFalse();
        assertThat(enters(other)).isTrue();
    }

    @Test
    void manyBytesTakeSeveralPlacesAndHalfOfAllAtMost() {
        assertThat(turns.enter(worker("one", "large"), Long.MAX_VALUE / 100)).isTrue();
        assertThat(enters(worker("one", "small")))
                .as("its namespace has its share")
                .isFalse();
        assertThat(turns.enter(worker("two", "large"), LARGE)).isTrue();
        assertThat(enters(worker("three", "small"))).as("none is free").isFalse();

        leaves(worker("one", "large"));
        assertThat(enters(worker("three", "small"))).isTrue();
    }

    @Test
    void oneThatIsLargeIsNotPassedByForEver() {
        busy(4);
        MailWorker large = worker("large", "one");
        assertThat(turns.enter(large, LARGE)).isFalse();
        assertThat(enters(worker("small", "one"))).isFalse();

        for (String name : List.of("n0", "n1")) {
            assertThat(turns.enter(large, LARGE)).isFalse();
            assertThat(enters(worker("small", "one"))).as("it came later").isFalse();
            leaves(worker(name, "a"));
            leaves(worker(name, "b"));
        }

        assertThat(turns.enter(large, LARGE)).isTrue();
    }

    @Test
    void whoDoesNotComeBackLosesItsPlace() {
        busy(4);
        MailWorker lost = worker("lost", "one");
        MailWorker next = worker("next", "one");
        enters(lost);
        enters(next);
        leaves(worker("n0", "a"));
        assertThat(enters(next)).as("the other one comes first").isFalse();

        clock.passes(DeployTurns.PAUSE);
        assertThat(enters(next)).isFalse();
        clock.passes(DeployTurns.GRACE);

        assertThat(enters(next)).isTrue();
    }

    @Test
    void oneThatIsGoneDoesNotWait() {
        busy(4);
        MailWorker gone = worker("gone", "one");
        enters(gone);
        assertThat(turns.uids()).containsExactly(gone.getMetadata().getUid());

        turns.forget(gone.getMetadata().getUid());

        assertThat(turns.uids()).isEmpty();
    }

    @Test
    void aTurnEndsHoweverItsWorkEnds() {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> turns.inTurn(worker("mail", "one"), LARGE, () -> {
                        throw new IllegalStateException("lost");
                    }))
                    .hasMessage("lost");
        }

        assertThat(turns.inTurn(worker("mail", "one"), LARGE, () -> "done")).contains("done");
        clock.passes(Duration.ofDays(1));
        assertThat(turns.uids()).isEmpty();
    }
}
