package io.maildomain.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Traps for every moment of a clean life, put into as few lives as there are moments in the longest phase. */
final class Matrix {

    private Matrix() {}

    /**
     * Lives; in each, every phase meets at most one case.
     *
     * @param traps of a phase
     */
    static List<Map<Phase, Case>> lives(
            List<CleanRun> clean, Function<CleanRun, List<? extends FaultInjection>> traps) {
        List<Map<Phase, Case>> lives = new ArrayList<>();
        for (CleanRun run : clean) {
            List<? extends FaultInjection> ofPhase = traps.apply(run);
            for (int i = 0; i < ofPhase.size(); i++) {
                if (i == lives.size()) {
                    lives.add(new EnumMap<>(Phase.class));
                }
                lives.get(i).put(run.phase(), new Case(run, ofPhase.get(i)));
            }
        }
        return lives;
    }

    static Stream<Case> cases(List<Map<Phase, Case>> lives) {
        return lives.stream().flatMap(life -> life.values().stream());
    }
}
