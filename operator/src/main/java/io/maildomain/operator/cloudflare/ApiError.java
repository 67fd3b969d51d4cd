package io.maildomain.operator.cloudflare;

/**
 * One error of Cloudflare's answer. The message is cleaned: one line of printable characters, bounded in length.
 *
 * @param code Cloudflare's code; 0 where it gives none
 */
public record ApiError(int code, String message) {
    public ApiError {
        message = Text.readable(message, 300);
    }
}
