package io.maildomain.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Leads resources through a whole life in which each phase meets one case. A phase begins where the one before has ended,
 * which was compared with the clean run; where that failed, a new world is brought there without any fault.
 */
final class LifeRunner {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NUDGES = 3;

    private final Life life;
    private final List<CleanRun> clean;
    private final Consumer<Result> told;
    private boolean broken = true;

    /**
     * @param clean each phase as it should end
     * @param told of each result at once
     */
    LifeRunner(Life life, List<CleanRun> clean, Consumer<Result> told) {
        this.life = life;
        this.clean = clean;
        this.told = told;
    }

    /** @param cases by phase; a phase without one just happens, if it must */
    void run(Map<Phase, Case> cases) {
        Phase last = cases.keySet().stream().max(Comparator.naturalOrder()).orElseThrow();
        for (CleanRun run : clean) {
            Case test = cases.get(run.phase());
            if (test != null) {
                Result first = result(test);
                told.accept(first.verdict() == Result.Verdict.NOT_MET ? again(test) : first);
            } else if (!broken && run.phase().compareTo(last) < 0) {
                pass(run);
            }
        }
    }

    /** In a new world. */
    private Result again(Case test) {
        broken = true;
        return result(test);
    }

    private void pass(CleanRun run) {
        try {
            happen(run);
        } catch (RuntimeException failure) {
            // The next case says so if it is as bad in a new world.
            broken = true;
        }
    }

    private Result result(Case test) {
        long start = System.nanoTime();
        try {
            if (broken) {
                bringTo(test.phase());
            }
            broken = true;
            boolean met = happen(test);
            List<String> differences = test.clean().end().differences(life.picture());
            broken = !differences.isEmpty();
            Result.Verdict verdict = met ? Result.Verdict.CONVERGED : Result.Verdict.NOT_MET;
            return new Result(test.toString(), broken ? Result.Verdict.FAILED : verdict, since(start), differences);
        } catch (RuntimeException failure) {
            return new Result(test.toString(), Result.Verdict.FAILED, since(start), List.of(failure.toString()));
        }
    }

    private void bringTo(Phase target) {
        life.begin();
        for (CleanRun run : clean) {
            if (run.phase() == target) {
                return;
            }
            happen(run);
        }
    }

    /** @throws IllegalStateException if it does not end as it should though nothing went wrong */
    private void happen(CleanRun run) {
        if (run.phase().mayBeLeftOut()) {
            return;
        }
        life.place().controls().clearCalls();
        run.phase().happen(life);
        awaitSameForGood(run);
        List<String> differences = run.end().differences(life.picture());
        if (!differences.isEmpty()) {
            throw new IllegalStateException(
                    "without any fault, phase " + run.phase() + " ends differently: " + String.join("; ", differences));
        }
    }

    private boolean happen(Case test) {
        life.place().controls().clearCalls();
        Trap.Set trap = test.trap().set(life);
        AtomicBoolean happened = new AtomicBoolean();
        FutureTask<Boolean> met = new FutureTask<>(() -> meets(trap, happened));
        new Thread(met, "trap").start();
        try {
            test.phase().happen(life);
            happened.set(true);
            boolean wasMet = met.get();
            awaitSameForGood(test.clean());
            return wasMet;
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("the trap failed: " + failure, failure);
        } finally {
            met.cancel(true);
            trap.clear();
        }
    }

    /** A moment that does not come by itself is asked for: somebody who waits may look once less than in the clean run. */
    private boolean meets(Trap.Set trap, AtomicBoolean happened) {
        for (int nudges = 0; nudges <= NUDGES; nudges++) {
            holds(PATIENCE, () -> trap.sprung() || happened.get());
            if (!trap.sprung()) {
                life.awaitLongQuiet();
            }
            if (trap.sprung()) {
                trap.struck();
                return true;
            }
            life.place().nudge(String.valueOf(nudges));
        }
        return false;
    }

    /** What is the same just now may not have noticed yet that something went wrong. */
    private void awaitSameForGood(CleanRun clean) {
        holds(PATIENCE, () -> {
            awaitSame(clean);
            life.awaitQuiet();
            return clean.end().differences(life.picture()).isEmpty();
        });
    }

    private void awaitSame(CleanRun clean) {
        AtomicLong looked = new AtomicLong(-1);
        holds(PATIENCE.dividedBy(5), () -> {
            // A picture costs more than a look at whether anything has happened.
            long now = life.place().activity();
            return life.allIsSaid()
                    && looked.getAndSet(now) != now
                    && clean.end().differences(life.picture()).isEmpty();
        });
    }

    private static boolean holds(Duration patience, BooleanSupplier condition) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException timeout) {
            return false;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
