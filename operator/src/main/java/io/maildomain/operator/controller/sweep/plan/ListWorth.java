package io.maildomain.operator.controller.sweep.plan;

import java.time.Duration;

/**
 * Whether lists over a whole account are the cheaper way to see what we have in it, and how often. An account may hold a hundred
 * times as many zones as we manage. Pure.
 */
public final class ListWorth {

    /** With fewer domains no list saves a call. */
    private static final int FEWEST = 2;

    private ListWorth() {}

    /** @param domains how many zones of ours the account holds */
    public static boolean ofSweeping(int domains) {
        return domains >= FEWEST;
    }

    /**
     * Whether it pays to read a list to its end.
     *
     * @param pages how many pages it has, as far as is known
     * @param saved how many calls of single resources it saves
     */
    public static boolean ofReadingOn(int pages, int saved) {
        return pages <= saved;
    }

    /** How long the view of one sweep is good for: twice one may fail. */
    public static Duration goodFor(Duration interval) {
        return interval.multipliedBy(3);
    }
}
