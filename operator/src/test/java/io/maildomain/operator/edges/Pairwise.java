package io.maildomain.operator.edges;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Few cases of many that still hold every pair of values which any of them holds: most bugs need no more than two things to
 * come together.
 */
final class Pairwise {

    private Pairwise() {}

    /** Two values in two places of a case. */
    private record Pair(int first, Object firstValue, int second, Object secondValue) {}

    /**
     * Takes the case with the most pairs that are still missing, over and over; the same ones each time.
     *
     * @param values of a case, always as many
     */
    static <C> List<C> of(List<C> cases, Function<C, List<?>> values) {
        List<Set<Pair>> pairs =
                cases.stream().map(one -> pairs(values.apply(one))).toList();
        Set<Pair> missing = new HashSet<>();
        pairs.forEach(missing::addAll);
        List<C> taken = new ArrayList<>();
        while (!missing.isEmpty()) {
            int best = 0;
            long most = 0;
            for (int i = 0; i < pairs.size(); i++) {
                long found = pairs.get(i).stream().filter(missing::contains).count();
                if (found > most) {
                    most = found;
                    best = i;
                }
            }
            taken.add(cases.get(best));
            missing.removeAll(pairs.get(best));
        }
        return taken;
    }

    private static Set<Pair> pairs(List<?> values) {
        Set<Pair> pairs = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                pairs.add(new Pair(i, values.get(i), j, values.get(j)));
            }
        }
        return pairs;
    }
}
