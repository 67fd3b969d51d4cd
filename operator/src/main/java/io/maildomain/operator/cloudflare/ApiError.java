package io.maildomain.operator.cloudflare;

import java.util.Set;

/**
 * One error of Cloudflare's answer. The message is cleaned: one line of printable characters, bounded in length.
 *
 * @param code Cloudflare's code; 0 where it gives none
 */
public record ApiError(int code, String message) {
    public ApiError {
        message = Text.readable(message, 300);
    }

    /** Whether it is any of these. */
    public boolean isAny(Set<CloudflareError> errors) {
        return errors.stream().anyMatch(this::is);
    }

    public boolean is(CloudflareError error) {
        return code == error.code();
    }
}
