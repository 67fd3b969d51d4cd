package io.maildomain.operator.controller.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a token expires so soon that people should hear of it. */
final class TokenExpiry {

    /** From then on it is warned of. */
    static final Duration SOON = Duration.ofDays(14);

    private TokenExpiry() {}

    /** What to warn of at this time; empty where the token lives long enough, or it is not known how long. */
    static Optional<String> warning(SurfaceFindings findings, Instant now) {
        return findings.verification()
                .expiresAt()
                .filter(end -> end.isAfter(now) && Duration.between(now, end).compareTo(SOON) <= 0)
                .map(end -> "the " + findings.state().surface().word() + " token ("
                        + findings.state().check().message() + ") expires on " + end
                        + ": put a new one there before that day");
    }
}
