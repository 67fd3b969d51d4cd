package io.maildomain.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Leads resources through a whole life in which each phase meets one case. A phase begins where the one before has ended,
 * which was compared with the clean run; where that failed, a new world is brought there without any fault.
 */
final class ScenarioRunner {

    private final Scenario life;
    private final Convergence convergence;
    private final List<CleanRun> clean;
    private final Consumer<Result> told;
    private boolean broken = true;
    private String late = "";

    /**
     * @param clean each phase as it should end
     * @param told of each result at once
     */
    ScenarioRunner(Scenario life, List<CleanRun> clean, Consumer<Result> told) {
        this.life = life;
        this.convergence = new Convergence(life);
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
                told.accept(first.verdict() == test.notMet() ? again(test) : first);
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
            // Something of an earlier case comes out late: the next one says so.
            broken = true;
            late = failure.toString();
        }
    }

    private Result result(Case test) {
        long start = System.nanoTime();
        if (!late.isEmpty()) {
            List<String> before = List.of("before it: " + late);
            late = "";
            return new Result(test.toString(), Result.Verdict.FAILED, since(start), before);
        }
        try {
            if (broken) {
                bringTo(test.phase());
            }
            broken = true;
            boolean met = happen(test);
            List<String> differences = convergence.await(test.clean());
            broken = !differences.isEmpty();
            Result.Verdict verdict = met ? Result.Verdict.CONVERGED : test.notMet();
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
        life.happen(run.phase());
        List<String> differences = convergence.await(run);
        if (!differences.isEmpty()) {
            throw new IllegalStateException(
                    "without any fault, phase " + run.phase() + " ends differently: " + String.join("; ", differences));
        }
    }

    /** @return whether the moment came */
    private boolean happen(Case test) {
        FaultInjection.Set trap = test.trap().set(life);
        AtomicBoolean happened = new AtomicBoolean();
        try {
            life.happen(test.phase());
            happened.set(true);
            return convergence.meets(trap, happened);
        } finally {
            trap.clear();
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
