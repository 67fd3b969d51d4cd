package io.maildomain.operator.cloudflare.ratelimit;

import java.time.Duration;

/**
 * How many requests a token may still send. A quarter of what is allowed may go out at once, a twentieth more by turns that
 * had begun when nothing was left; the rest comes by evenly, and what was sent comes back a window later ({@link Circulation}).
 * It never blocks. Guarded by its owner's lock.
 */
final class RequestBudget {
    private static final int BURST_SHARE = 4;
    private static final int DEBT_SHARE = 20;
    private static final int KEPT_FOR_CHANGES_SHARE = 4;

    private final LimitSettings settings;
    private final Circulation circulation;
    private Rate rate;
    /** What turns were promised and have not drawn yet: it is there, and is not given to others. */
    private long reserved;
    /** What is allowed in a window, people's reserve included: as the server or the settings say, whichever is less. */
    private int quota;

    private Duration window;

    /** Requests per window; two of them compare by how fast they are. */
    private record Rate(int requests, Duration window) {
        long burst() {
            return Math.max(1, requests / BURST_SHARE);
        }

        long keptForChanges() {
            return burst() / KEPT_FOR_CHANGES_SHARE;
        }

        /** How far turns that have begun may go on when nothing is left. */
        long debt() {
            return requests / DEBT_SHARE;
        }

        double perSecond() {
            return requests / (window.toNanos() / 1e9);
        }

        /** How many there are besides the debt. */
        long total() {
            return Math.max(burst(), requests - debt());
        }
    }

    RequestBudget(LimitSettings settings, Ticker ticker) {
        this.settings = settings;
        this.rate = configured();
        this.quota = settings.requestsPerWindow();
        this.window = settings.window();
        this.circulation = new Circulation(rate.total(), rate.burst(), rate.window(), ticker);
    }

    /** Takes one request and gives zero; or takes none and gives the time after which one will be there. */
    Duration take() {
        Duration wait = until(1, false);
        if (wait.isZero()) {
            circulation.spend(1);
        }
        return wait;
    }

    /** The same for a turn that has begun: it may go on for a while when nothing is left. */
    Duration takeInTurn() {
        if (circulation.ready() - reserved <= -rate.debt()) {
            return until(1, false);
        }
        circulation.spend(1);
        return Duration.ZERO;
    }

    /** So many of those that are wanted for one turn can be there at once. */
    int affordable(int wanted) {
        return (int) Math.min(wanted, Math.max(1, rate.burst() - rate.keptForChanges()));
    }

    /**
     * When there will be so many that no turn was promised; zero if they are there.
     *
     * @param asCheck leave those that are kept for changes
     */
    Duration until(long wanted, boolean asCheck) {
        long needed = wanted + reserved + (asCheck ? rate.keptForChanges() : 0);
        return circulation.until(needed);
    }

    /** How many are there that no turn was promised. */
    long left() {
        return Math.max(0, circulation.ready() - reserved);
    }

    /** How many there are at most that may be sent at once. */
    long most() {
        return rate.burst();
    }

    /** How many fewer may be sent at once than if none had been sent. */
    long spent() {
        return Math.max(0, rate.burst() - circulation.ready() + reserved);
    }

    /** So many were sent that it has not counted. More than a window holds are none to wait for: Cloudflare has forgotten them by then. */
    void spend(long requests) {
        long most = Math.max(0, circulation.ready() + rate.total() - rate.burst());
        circulation.spend(Math.min(Math.max(1, requests), most));
    }

    /** Promises so many, which must be there. */
    void reserve(int requests) {
        reserved += requests;
    }

    /** One of those that were promised is sent. */
    void drawReserved() {
        reserved--;
        circulation.spend(1);
    }

    /** Those that were promised and are not needed. */
    void release(int requests) {
        reserved -= requests;
    }

    /**
     * Cloudflare's count can be lower than ours, since a user's other tokens and the dashboard draw on it too.
     *
     * @return whether that is more than people's reserve
     */
    boolean serverHasLeft(int remaining) {
        int beyondReserve = remaining - Math.max(0, quota - settings.allowedOf(quota));
        long surplus = circulation.ready() - Math.max(0, beyondReserve);
        if (surplus > 0) {
            circulation.spend(surplus);
        }
        return beyondReserve > 0;
    }

    /** Cloudflare's policy slows us down where it is stricter than the settings, and only as long as it is. */
    void serverAllows(int stated, Duration itsWindow) {
        // What the settings allow in the window that the server counts by.
        long configured = settings.requestsPerWindow()
                * itsWindow.toMillis()
                / Math.max(1, settings.window().toMillis());
        quota = (int) Math.min(stated, configured);
        window = itsWindow;
        Rate policy = new Rate(settings.allowedOf(stated), itsWindow);
        Rate wanted = policy.perSecond() < configured().perSecond() ? policy : configured();
        if (!wanted.equals(rate)) {
            rate = wanted;
            circulation.change(rate.total(), rate.burst(), rate.window());
        }
    }

    /** After so long Cloudflare counts anew: its own window, or that of the settings where it states none. */
    Duration window() {
        return window;
    }

    private Rate configured() {
        return new Rate(settings.allowedOf(settings.requestsPerWindow()), settings.window());
    }
}
