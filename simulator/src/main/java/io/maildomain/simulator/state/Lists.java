package io.maildomain.simulator.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Changed copies of immutable lists. */
public final class Lists {

    private Lists() {}

    /** A list with the item in place of the first one that is the same thing, or at its end. */
    public static <T> List<T> put(List<T> list, Predicate<T> same, T item) {
        List<T> changed = new ArrayList<>(list);
        for (int i = 0; i < changed.size(); i++) {
            if (same.test(changed.get(i))) {
                changed.set(i, item);
                return changed;
            }
        }
        changed.add(item);
        return changed;
    }

    /** A list with one more item at its end. */
    public static <T> List<T> with(List<T> list, T item) {
        List<T> changed = new ArrayList<>(list);
        changed.add(item);
        return changed;
    }

    /** A list without what the predicate finds. */
    public static <T> List<T> without(List<T> list, Predicate<T> gone) {
        return list.stream().filter(gone.negate()).toList();
    }
}
