package io.maildomain.operator.cloudflare;

import okhttp3.Headers;

/** Whatever came back, read to its end, bounded, and without the token. */
record HttpReply(int status, Headers headers, String body) {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;

    boolean isRefusal() {
        return status >= 400;
    }

    boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    /** Whether its status means that there is no body, or the call is answered without one. */
    boolean isEmpty(CloudflareCall call) {
        return status == NO_CONTENT
                || status == RESET_CONTENT
                || call.isAnsweredWithNothing() && status == OK && body.isBlank();
    }
}
