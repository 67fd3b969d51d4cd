package io.maildomain.harness;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** What an {@link ApiServerProxy} does to one request or to its answer. */
public sealed interface Interference {

    /** The request is answered with this status and does not reach the server. */
    record Refusal(int status) implements Interference {}

    /**
     * The connection breaks.
     *
     * @param afterTheEffect whether the request reached the server first
     */
    record Loss(boolean afterTheEffect) implements Interference {}

    /** The request, or its answer, waits until the test releases it. */
    final class Hold implements Interference {

        private final boolean afterTheEffect;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch decided = new CountDownLatch(1);
        private volatile boolean dropped;

        /** @param afterTheEffect whether the answer waits, or else the request itself */
        public Hold(boolean afterTheEffect) {
            this.afterTheEffect = afterTheEffect;
        }

        /** Whether it waits, or has waited: the request was made. */
        public boolean isReached() {
            return reached.getCount() == 0;
        }

        /** Releases it: it goes on. */
        public void release() {
            decided.countDown();
        }

        /** It goes no further, and its connection breaks. */
        public void drop() {
            dropped = true;
            decided.countDown();
        }

        boolean isAfterTheEffect() {
            return afterTheEffect;
        }

        /** @throws IOException if it was dropped */
        void await() throws IOException {
            reached.countDown();
            try {
                decided.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            if (dropped) {
                throw new IOException("dropped while it was held");
            }
        }
    }
}
