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
        this.slot = slotOf(window);
        change(total, burst, window);
    }

    /** There are more or fewer of them from now on. What is ready stays so, as far as the burst goes; what is missing was sent just now. */
    void change(long newTotal, long newBurst, Duration window) {
        if (total > 0) {
            comeBack();
        }
        total = newTotal;
        burst = newBurst;
        slot = slotOf(window);
        current = slotNow();
        ready = Math.min(ready, burst);
        back = 0;
        Arrays.fill(returning, (double) (total - burst) / LAP);
        returning[index(current)] += burst - ready;
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
        comeBack();
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
                : slot.multipliedBy(current + steps + more).minus(ticker.elapsed());
    }

    private void comeBack() {
        long now = slotNow();
        if (now - current > 2L * LAP) {
            // Longer than anything of before matters.
            current = now - 2L * LAP;
        }
        while (current < now) {
            current++;
            back += returning[index(current)];
            returning[index(current)] = 0;
            due = dueAfter(due);
            double next = Math.min(back, Math.min(due, burst - ready));
            due -= next;
            ready += next;
            back -= next;
            if (ready > burst - EXACT) {
                sendRound();
            }
        }
    }

    /** So that they come by evenly, should all be wanted soon. */
    private void sendRound() {
        for (int i = 0; i < LAP; i++) {
            returning[i] += back / LAP;
        }
        back = 0;
    }

    /** A slot later. What was not needed is not saved up, beyond one whole request. */
    private double dueAfter(double before) {
        return Math.min(before + pace(), Math.max(1, pace()));
    }

    /** How many get ready in a slot. */
    private double pace() {
        return (double) total / LAP;
    }

    private long slotNow() {
        return ticker.elapsed().dividedBy(slot);
    }

    private static int index(long absolute) {
        return (int) Math.floorMod(absolute, (long) LAP);
    }

    private static Duration slotOf(Duration window) {
        Duration slot = window.dividedBy(SLOTS);
        return slot.isZero() ? Duration.ofNanos(1) : slot;
    }
}
