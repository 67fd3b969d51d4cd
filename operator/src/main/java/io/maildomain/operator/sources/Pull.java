package io.maildomain.operator.sources;

import io.maildomain.operator.sources.SourceException.Problem;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all requests for one source may take together, however many there are: a host decides how many hops, layers and bytes it answers with,
 * and other tenants wait for the thread. Used by one thread.
 */
final class Pull {

    /** For manifests and tokens, beside the files. */
    private static final int BESIDE = 1024 * 1024;

    private final SourceLimits limits;
    private final LongSupplier nanos;
    private final long end;
    private long bytes;

    /** @param nanos a clock that goes forward only, in nanoseconds */
    Pull(SourceLimits limits, Duration longest, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.end = nanos.getAsLong() + longest.toNanos();
    }

    /**
     * For the next request.
     *
     * @throws SourceException where the time is over
     */
    Duration left() {
        long left = end - nanos.getAsLong();
        if (left <= 0) {
            throw new SourceException(Problem.UNAVAILABLE, "the source takes too long to fetch: its hosts are slow");
        }
        return Duration.ofNanos(left);
    }

    /**
     * So many bytes came.
     *
     * @throws SourceException where it is too much
     */
    void took(long more) {
        bytes += more;
        if (bytes > (long) limits.bytes() + BESIDE) {
            throw limits.tooManyBytes();
        }
    }
}
