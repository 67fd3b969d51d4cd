package io.maildomain.operator.cloudflare.errors;

import io.maildomain.api.v1alpha1.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means and what to do.
 *
 * @param reason a condition's reason, in CamelCase
 * @param message one or two sentences, at most {@value #MAX_MESSAGE} characters, with HTTP status and Cloudflare's code
 * @param pause null if nothing is known; read it by {@link #retryAfter()}
 */
public record Diagnosis(
        Reason reason,
        FailureKind kind,
        String message,
        @Nullable Duration pause) {
    public static final int MAX_MESSAGE = 512;

    public Diagnosis {
        message = Text.bounded(message, MAX_MESSAGE);
    }

    /** After which time it is worth trying again, where Cloudflare or the budget says so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(pause);
    }
}
