package io.maildomain.operator.controller.sweep;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line of log when what is known of an account grows old, and one when it is fresh again. Not thread-safe. */
final class LateNotice {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);
    private static final int INTERVALS = 2;
    private static final String WAITS = "the sweep waits for its turn";

    private final String account;
    private String why = WAITS;
    private boolean said;

    LateNotice(String account) {
        this.account = account;
    }

    /** Why the last sweep failed, in words. */
    void failed(String words) {
        why = words;
    }

    /** @param began when the last sweep that was done began */
    void unlessSaid(Instant began, Instant now, Duration interval, int members) {
        if (!said && now.isAfter(began.plus(interval.multipliedBy(INTERVALS)))) {
            said = true;
            LOG.warn(
                    "account {}: Cloudflare was last compared with {} resources at {}: {}",
                    account,
                    members,
                    began.truncatedTo(ChronoUnit.SECONDS),
                    why);
        }
    }

    /** A sweep was done. */
    void done(int members) {
        why = WAITS;
        if (said) {
            said = false;
            LOG.info("account {}: Cloudflare was compared with {} resources again", account, members);
        }
    }
}
