package io.maildomain.operator.diagnosis;

import java.time.Duration;
import java.util.Optional;

/**
 * What a failure means and what to do.
 *
 * @param reason a condition's reason, in CamelCase
 * @param message one or two sentences, at most {@value #MAX_MESSAGE} characters, with HTTP status and Cloudflare's code
 * @param pause null if nothing is known; read it by {@link #retryAfter()}
 */
public record Diagnosis(String reason, Kind kind, String message, Duration pause) {
    public static final int MAX_MESSAGE = 512;

    public Diagnosis {
        message = Words.bounded(message, MAX_MESSAGE);
    }

    /** After which time it is worth trying again, where Cloudflare or the budget says so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(pause);
    }
}
