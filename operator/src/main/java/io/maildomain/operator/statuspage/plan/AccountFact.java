package io.maildomain.operator.statuspage.plan;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the page says of a CloudflareAccount.
 *
 * @param tokenEnds when the operator's token expires; null: never, or not known
 * @param budget null: no request was sent with its tokens yet
 * @param checks null: nothing healthy was compared with Cloudflare yet
 */
public record AccountFact(
        String name,
        Standing standing,
        Said said,
        @Nullable Instant tokenEnds,
        @Nullable Budget budget,
        @Nullable Checks checks) {

    /**
     * The requests that may be sent.
     *
     * @param left so many at once
     * @param most so many at once where none had been sent
     */
    public record Budget(long left, long most) {}

    /**
     * How old what is known of healthy resources is.
     *
     * @param age of the oldest
     * @param interval from one comparison to the next
     */
    public record Checks(int resources, Duration age, Duration interval) {

        /** The same bound as that of the condition {@code ChecksCurrent}. */
        boolean areLate() {
            return age.compareTo(interval.multipliedBy(2)) > 0;
        }
    }
}
