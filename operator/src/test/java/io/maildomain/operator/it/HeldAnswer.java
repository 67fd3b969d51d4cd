package io.maildomain.operator.it;

import io.maildomain.operator.it.ApiProxy.Seen;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** The answer to one request of a kind, which is kept back until somebody releases it. */
final class HeldAnswer {

    private final Predicate<Seen> fits;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldAnswer(Predicate<Seen> fits) {
        this.fits = fits;
    }

    boolean fits(Seen seen) {
        return fits.test(seen);
    }

    /** Whether the request was made, and took effect. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    void release() {
        released.countDown();
    }

    void awaitRelease() throws IOException {
        asked.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
