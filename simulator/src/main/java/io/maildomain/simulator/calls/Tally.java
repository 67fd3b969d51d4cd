package io.maildomain.simulator.calls;

/**
 * How many calls there were.
 *
 * @param calls all of them, refused ones included
 * @param refused those that were answered with 429
 */
public record Tally(long calls, long refused) {

    static final Tally NONE = new Tally(0, 0);

    private static final int TOO_MANY_REQUESTS = 429;

    static Tally of(SeenCall call) {
        return new Tally(1, call.status() == TOO_MANY_REQUESTS ? 1 : 0);
    }

    Tally plus(Tally other) {
        return new Tally(calls + other.calls, refused + other.refused);
    }
}
