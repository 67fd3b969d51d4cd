package io.maildomain.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Leads several lives side by side through their phases, with one operator for all. In each phase each life sets its trap;
 * once all are sprung, the operator hangs at one moment of each, and is killed.
 */
final class KillRunner {

    /** What was left of a life that came to grief is tried so often in a new world. */
    private static final int ROUNDS = 3;

    private final KillRig gallows;
    private final List<CleanRun> clean;
    private final Consumer<Result> told;

    /** What kept lives from their moments. */
    private final List<String> troubles = new ArrayList<>();

    /** @param told of each result at once */
    KillRunner(KillRig gallows, List<CleanRun> clean, Consumer<Result> told) {
        this.gallows = gallows;
        this.clean = clean;
        this.told = told;
    }

    /** One life and what became of it. */
    private static final class Convict {

        private final Scenario life;
        private final Map<Phase, Case> cases;
        private boolean broken;

        private Convict(Scenario life, Map<Phase, Case> cases) {
            this.life = life;
            this.cases = new EnumMap<>(cases);
        }

        /** The first phase from this one on that has a case. */
        private Phase next(Phase from) {
            return cases.keySet().stream()
                    .filter(phase -> phase.compareTo(from) >= 0)
                    .findFirst()
                    .orElse(from);
        }
    }

    /** @param lives at most as many as there are places; each with a case in some of its phases */
    void run(List<Map<Phase, Case>> lives) {
        List<Map<Phase, Case>> left = lives;
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            left = round(left);
        }
        left.stream().flatMap(life -> life.values().stream()).forEach(test -> told.accept(notMet(test)));
    }

    private Result notMet(Case test) {
        Result.Verdict verdict = troubles.isEmpty() ? test.notMet() : Result.Verdict.NOT_MET;
        return new Result(test.toString(), verdict, Duration.ZERO, List.copyOf(troubles));
    }

    /** @return what was not tried, or not met */
    private List<Map<Phase, Case>> round(List<Map<Phase, Case>> lives) {
        List<Convict> convicts = new ArrayList<>();
        for (int i = 0; i < lives.size(); i++) {
            convicts.add(new Convict(gallows.lives().get(i), lives.get(i)));
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            gallows.begin();
            for (CleanRun run : clean) {
                List<Convict> alive = convicts.stream()
                        .filter(convict -> !convict.broken && !convict.cases.isEmpty())
                        .toList();
                boolean tried = alive.stream().anyMatch(convict -> convict.cases.containsKey(run.phase()));
                if (!alive.isEmpty() && (tried || !run.phase().mayBeLeftOut())) {
                    phase(run, alive, threads);
                }
            }
        } catch (RuntimeException failure) {
            // One life that does not get to its moment holds up the others: what was not met is tried again.
            troubles.add(failure.toString());
            gallows.operators().dumpThreads();
            System.err.println("tried again, with what shares its operator: " + failure);
        } finally {
            threads.shutdownNow();
        }
        return convicts.stream()
                .map(convict -> convict.cases)
                .filter(cases -> !cases.isEmpty())
                .toList();
    }

    private void phase(CleanRun run, List<Convict> convicts, ExecutorService threads) {
        long start = System.nanoTime();
        Map<Convict, FaultInjection.Set> traps = new java.util.HashMap<>();
        for (Convict convict : convicts) {
            convict.life.place().forgetCalls();
            Case test = convict.cases.get(run.phase());
            if (test != null) {
                traps.put(convict, test.trap().set(convict.life));
            }
        }
        List<Convict> met = letItHappen(run.phase(), convicts, traps, threads);
        List<Future<?>> ends = new ArrayList<>();
        for (Convict convict : convicts) {
            ends.add(threads.submit(() -> end(run, convict, met.contains(convict), start)));
        }
        joinAll(ends);
    }

    /** @return whose moment came */
    private List<Convict> letItHappen(
            Phase phase, List<Convict> convicts, Map<Convict, FaultInjection.Set> traps, ExecutorService threads) {
        List<Future<?>> happening = new ArrayList<>();
        Map<Convict, AtomicBoolean> happened = new java.util.HashMap<>();
        convicts.forEach(convict -> happened.put(convict, new AtomicBoolean()));
        if (phase.isWhileDown()) {
            gallows.operators().stop();
        }
        for (Convict convict : convicts) {
            happening.add(threads.submit(() -> {
                phase.happen(convict.life);
                happened.get(convict).set(true);
            }));
        }
        if (phase.isWhileDown()) {
            happening.forEach(KillRunner::join);
            gallows.operators().start();
        }
        Map<Convict, Future<Boolean>> watched = new java.util.HashMap<>();
        traps.forEach((convict, trap) -> watched.put(convict, threads.submit((Callable<Boolean>)
                () -> new Convergence(convict.life).meets(trap, happened.get(convict)))));
        List<Convict> met = watched.keySet().stream()
                .filter(convict -> join(watched.get(convict)))
                .toList();
        if (!met.isEmpty()) {
            gallows.operators().kill();
        }
        // Before the next one starts: it must not walk into a trap that was not sprung.
        traps.values().forEach(FaultInjection.Set::clear);
        if (!met.isEmpty()) {
            gallows.operators().start();
        }
        happening.forEach(KillRunner::join);
        return met;
    }

    private void end(CleanRun run, Convict convict, boolean met, long start) {
        List<String> differences = new Convergence(convict.life).await(run);
        convict.broken = !differences.isEmpty();
        if (convict.broken) {
            gallows.operators().dumpThreads();
        }
        // What ends differently though nothing was planned for it had a neighbour's kills: the next case cannot begin
        // there.
        Phase concerned = convict.broken ? convict.next(run.phase()) : run.phase();
        Case test = convict.cases.get(concerned);
        if (test != null && (met || convict.broken)) {
            convict.cases.remove(concerned);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Result.Verdict verdict = convict.broken ? Result.Verdict.FAILED : Result.Verdict.CONVERGED;
            told.accept(new Result(test.toString(), verdict, took, differences));
        }
    }

    /** One that failed must not let the others go on in a new world. */
    private static void joinAll(List<Future<?>> futures) {
        List<RuntimeException> failures = new ArrayList<>();
        for (Future<?> future : futures) {
            try {
                join(future);
            } catch (IllegalStateException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().toString(), e);
        }
    }
}
