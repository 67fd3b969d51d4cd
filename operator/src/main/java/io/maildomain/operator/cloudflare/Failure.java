package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a call gave no result. None of these ever holds a token, a header or a whole body. */
public sealed interface Failure {

    /**
     * Cloudflare, or something on the way, answered with a status of 400 or more.
     *
     * @param errors Cloudflare's errors, the first one first; empty where the answer was not in Cloudflare's envelope
     * @param waitAsked what {@code Retry-After} says, null without it; read it by {@link #retryAfter()}
     */
    record Refused(
            int status, List<ApiError> errors, @Nullable Duration waitAsked) implements Failure {
        public Refused {
            errors = List.copyOf(errors);
        }

        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(waitAsked);
        }

        /** Cloudflare's first code; -1 without any (0 is a code that Cloudflare uses). */
        public int code() {
            return errors.isEmpty() ? -1 : errors.get(0).code();
        }

        /** Whether this is among its errors. */
        public boolean has(CloudflareError which) {
            return errors.stream().anyMatch(error -> error.is(which));
        }

        /** Whether any of these is among its errors. */
        public boolean hasAny(Set<CloudflareError> which) {
            return errors.stream().anyMatch(error -> error.isAny(which));
        }
    }

    /** No answer came. */
    record Unreachable(TransportError kind, String detail, boolean mayHaveTakenEffect) implements Failure {
        public enum TransportError {
            /** The host name has no address. */
            DNS,
            /** No server takes the connection. */
            CONNECT,
            /** The certificate or the handshake failed. */
            TLS,
            /** No answer within the time allowed. */
            TIMEOUT,
            /** The connection broke after it stood. */
            CONNECTION_LOST
        }

        public Unreachable {
            detail = Text.readable(detail, 200);
        }
    }

    /** An answer came that is not Cloudflare's: no JSON, wrong types, no result, a redirect, too large, endless pages. */
    record Malformed(int status, String detail, boolean mayHaveTakenEffect) implements Failure {
        public Malformed {
            detail = Text.readable(detail, 200);
        }
    }

    /**
     * The call was not sent: there is no budget for it now.
     *
     * @param pause after which it is worth trying again
     * @param detail what made it wait, such as the refusal that opened the circuit breaker; "" if there is nothing to add
     */
    record Postponed(Duration pause, Cause cause, String detail) implements Failure {
        public Postponed {
            detail = Text.readable(detail, 300);
        }

        public Postponed(Duration pause, Cause cause) {
            this(pause, cause, "");
        }
    }

    /** The call was not sent, or not to its end: this process may not write any more. */
    record Fenced(String why) implements Failure {
        static final Fenced NOT_LEADING = new Fenced("this process does not lead any more");
    }
}
