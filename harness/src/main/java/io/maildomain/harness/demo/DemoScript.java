package io.maildomain.harness.demo;

import io.maildomain.harness.HarnessException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Lets things happen on a stage and shows them, until something has come about. */
record DemoScript(Stage stage, Screen screen, OutsideWorld world) {

    private static final Duration LOOK = Duration.ofMillis(300);

    /**
     * Shows what happens until {@code holds}.
     *
     * @param what that is waited for, as the end of "… did not come about: "
     * @throws HarnessException if it does not come about in time, or the operator ends
     */
    void until(String what, Duration patience, Predicate<ResourceTable> holds) {
        long start = System.nanoTime();
        while (true) {
            ResourceTable board = ResourceTable.read(stage.client());
            screen.show(board.rows());
            if (holds.test(board)) {
                return;
            }
            checkOperator();
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new HarnessException(
                        "after " + patience.toSeconds() + " s still not so: " + what + stateOf(board));
            }
            world.act(board);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK.toMillis()));
        }
    }

    private void checkOperator() {
        if (!stage.operator().isAlive()) {
            throw new HarnessException(
                    "the operator has ended:\n" + stage.operator().lastWords());
        }
    }

    private static String stateOf(ResourceTable board) {
        StringBuilder state = new StringBuilder();
        board.rows().stream().filter(row -> !row.isReady()).forEach(row -> state.append("\n  ")
                .append(row.resource())
                .append(": ")
                .append(row.step())
                .append(", ")
                .append(row.reason())
                .append(": ")
                .append(row.message()));
        return state.toString();
    }
}
