package io.maildomain.faults;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of the suite's cases a run takes: all of them, or every n-th. A commit's id decides where the counting begins, so that
 * each run takes other cases, and the same commit takes the same ones again.
 *
 * @param every 1 for all
 * @param begin the first one that is taken, from 0 to {@code every - 1}
 */
record Sample(int every, int begin) {

    /** All of it would take longer than a merge can wait. */
    private static final int PARTS = 6;

    /**
     * {@code -Dfaults.all} and {@code -Dfaults.only=TEXT} take all; else a sixth, of which {@code -Dfaults.rotation=TEXT}, the
     * commit, decides.
     */
    static Sample asAsked() {
        boolean all = System.getProperty("faults.all") != null
                || !System.getProperty("faults.only", "").isEmpty();
        return all ? new Sample(1, 0) : ofCommit(System.getProperty("faults.rotation", ""));
    }

    static Sample ofCommit(String rotation) {
        return new Sample(PARTS, Math.floorMod(rotation.hashCode(), PARTS));
    }

    /** The same share, beginning later: so that two lists of the same calls are not sampled alike. */
    Sample shifted(int by) {
        return new Sample(every, Math.floorMod(begin + by, every));
    }

    /** The items that are taken; never none of some. */
    <T> List<T> of(List<T> items) {
        return IntStream.range(0, items.size())
                .filter(index -> index % every == begin % Math.min(every, items.size()))
                .mapToObj(items::get)
                .toList();
    }

    /** How many are to be expected at least, where all of them are so many. */
    long atLeast(long all) {
        return all / every;
    }

    @Override
    public String toString() {
        return every == 1 ? "all" : "every " + every + "th from " + begin;
    }
}
