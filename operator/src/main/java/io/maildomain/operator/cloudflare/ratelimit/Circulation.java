package io.maildomain.operator.cloudflare.ratelimit;

import java.time.Duration;
import java.util.Arrays;

/**
 * Requests that may be sent, each of which comes back a window after it was sent at the earliest: so no window, wherever it
 * begins, holds more of them than there are, and while all are wanted nearly all are used. Only a burst of them lies ready. What
 * has come back gets ready evenly, as fast as all of them in a window; what is not needed for the burst is sent round again. So an
 * earlier burst does not come back as one, and leaves no gap behind it. Not thread-safe.
 */
final class Circulation {

    /** A window is cut into so many slots. What was sent within one comes back together. */
    private static final int SLOTS = 600;

    /** What was sent at the end of a slot must not come back within a window either. */
    private static final int LAP = SLOTS + 1;

    /** Sums of parts of a request are that exact. */
    private static final double EXACT = 1e-6;

    private final Ticker ticker;
    private final double[] returning = new double[LAP];
    private double ready;
    /** What has come back and is not ready yet. */
    private double back;
    /** How much of that may get ready by now. */
    private double due;

    private long burst;
    private long total;
    private Duration slot;
    private long current;

    /**
     * All of the burst is ready.
     *
     * @param total how many there are, {@code burst} or more
     * @param burst how many lie ready at most, 1 or more
     * @param window after which they come back
     */
    Circulation(long total, long burst, Duration window, Ticker ticker) {
        this.ticker = ticker;
        this.ready = burst;
        this.total = total;
        this.burst = burst;
        this.slot = slotOf(window);
        this.current = ticker.elapsed().dividedBy(slot);
        spread(total - burst);
    }

    /**
     * There are more or fewer of them from now on. What is on its way back stays on it; of fewer each part comes back, and more of
     * them come by evenly. So where the numbers change, and only there, a window may hold as much as a burst more.
     */
    void change(long newTotal, long newBurst, Duration window) {
        Duration now = comeBack();
        double onTheWay = total - ready;
        ready = Math.min(ready, newBurst);
        total = newTotal;
        burst = newBurst;
        rearrange(slotOf(window), now);
        double wanted = total - ready;
        if (wanted >= onTheWay) {
            spread(wanted - onTheWay);
            return;
        }
        double part = wanted / onTheWay;
        back *= part;
        for (int i = 0; i < LAP; i++) {
            returning[i] *= part;
        }
    }

    /** Each comes back when it would have, but within the lap. */
    private void rearrange(Duration newSlot, Duration now) {
        double[] before = returning.clone();
        long first = current;
        double longer = (double) slot.toNanos() / newSlot.toNanos();
        slot = newSlot;
        current = now.dividedBy(slot);
        Arrays.fill(returning, 0);
        for (int step = 1; step <= LAP; step++) {
            long later = Math.min(LAP, (long) Math.ceil(step * longer));
            returning[index(current + later)] += before[index(first + step)];
        }
    }

    /** How many may be sent now; less than 0 after more were sent. */
    long ready() {
        comeBack();
        return (long) Math.floor(ready + EXACT);
    }

    /** So many are sent, whether they are ready or not. */
    void spend(long requests) {
        comeBack();
        ready -= requests;
        returning[index(current)] += requests;
    }

    /** When so many will have got ready, for those who come first as well; zero if they are. It holds where all are wanted. */
    Duration until(long requests) {
        Duration now = comeBack();
        double missing = requests - ready - EXACT;
        double waiting = back;
        double mayBe = due;
        long steps = 0;
        while (missing > 0 && steps < LAP) {
            steps++;
            waiting += returning[index(current + steps)];
            mayBe = dueAfter(mayBe);
            double next = Math.min(waiting, mayBe);
            mayBe -= next;
            waiting -= next;
            missing -= next;
        }
        long more = missing > 0 ? (long) Math.ceil(missing / pace()) : 0;
        return steps == 0
                ? Duration.ZERO
                : slot.multipliedBy(current + steps + more).minus(now);
    }

    /** @return the time by which it has */
    private Duration comeBack() {
        Duration now = ticker.elapsed();
        long latest = now.dividedBy(slot);
        if (latest - current > 2L * LAP) {
            // Longer than anything of before matters: no more than all of them is ever missing.
            current = latest - 2L * LAP;
        }
        while (current < latest) {
            current++;
            back += returning[index(current)];
            returning[index(current)] = 0;
            due = dueAfter(due);
            double next = Math.min(back, Math.min(due, burst - ready));
            due -= next;
            ready += next;
            back -= next;
            if (back > 0 && ready > burst - EXACT) {
                spread(back);
                back = 0;
            }
        }
        return now;
    }

    /** So many come by evenly, should all be wanted soon. */
    private void spread(double requests) {
        for (int i = 0; i < LAP; i++) {
            returning[i] += requests / LAP;
        }
    }

    /** A slot later. What was not needed is not saved up, beyond one whole request. */
    private double dueAfter(double before) {
        return Math.min(before + pace(), Math.max(1, pace()));
    }

    /** How many get ready in a slot. */
    private double pace() {
        return (double) total / LAP;
    }

    private static int index(long absolute) {
        return (int) Math.floorMod(absolute, (long) LAP);
    }

    /** Rounded up: a request is not back before its window is over. */
    private static Duration slotOf(Duration window) {
        return window.plusNanos(SLOTS - 1).dividedBy(SLOTS);
    }
}
