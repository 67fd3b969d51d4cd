package io.maildomain.operator.statuspage.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What the page says of a CloudflareAccount.
 *
 * @param tokenEnds when the operator's token expires; null: never, or not known
 * @param deployTokenEnds the same of the token to deploy with
 * @param budget null: no request was sent with its tokens lately
 * @param checks null: nothing healthy is compared with Cloudflare
 */
public record AccountFact(
        String name,
        Standing standing,
        Said said,
        @Nullable Instant tokenEnds,
        @Nullable Instant deployTokenEnds,
        @Nullable Budget budget,
        @Nullable Checks checks) {

    /** What needs people first. */
    static final Comparator<AccountFact> ORDER =
            Comparator.comparing(AccountFact::standing).thenComparing(AccountFact::name);

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
     * @param late how many of them were not compared for nearly two of their intervals, as the condition {@code ChecksCurrent} counts them
     * @param known whether each of them was compared since the operator started
     * @param age of the oldest comparison; where one was not compared yet, since when that is due
     * @param interval from one comparison to the next, of those that are compared most seldom
     */
    public record Checks(int resources, int late, boolean known, Duration age, Duration interval) {

        boolean areLate() {
            return late > 0;
        }
    }
}
