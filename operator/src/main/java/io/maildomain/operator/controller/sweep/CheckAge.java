package io.maildomain.operator.controller.sweep;

import java.time.Duration;
import java.time.Instant;

/**
 * How old what is known of the healthy resources of a token is.
 *
 * @param oldest when the one was compared with Cloudflare that was compared longest ago; where it was not yet, when that was first due
 * @param known whether each of them was compared since the operator started
 * @param resources how many there are
 * @param late how many of them were not compared for so long that it has to be said
 * @param interval from one check to the next, of those that are checked most seldom
 * @param why what stood in the way last, in words
 */
public record CheckAge(Instant oldest, boolean known, int resources, int late, Duration interval, String why) {

    /** So many quarters of an interval may pass before it is said that none of the checks came through: that is to be within two intervals. */
    private static final int QUARTERS = 7;

    /** Whether what was compared then was not for so long that it has to be said. */
    static boolean isLate(Instant compared, Duration interval, Instant now) {
        return now.isAfter(compared.plus(interval.multipliedBy(QUARTERS).dividedBy(4)));
    }

    /** Whether it has to be said. */
    public boolean isLate() {
        return late > 0;
    }

    /** Of both together. */
    public CheckAge and(CheckAge other) {
        return new CheckAge(
                oldest.isBefore(other.oldest) ? oldest : other.oldest,
                known && other.known,
                resources + other.resources,
                late + other.late,
                interval.compareTo(other.interval) < 0 ? other.interval : interval,
                late > 0 ? why : other.why);
    }
}
