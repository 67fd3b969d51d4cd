package io.maildomain.operator.cloudflare;

/** An answer that is not what Cloudflare's schema promises. */
final class BadAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadAnswer(String what) {
        super(what);
    }
}
