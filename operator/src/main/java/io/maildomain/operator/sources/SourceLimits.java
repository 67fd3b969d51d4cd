package io.maildomain.operator.sources;

import io.maildomain.operator.sources.SourceException.Problem;

/**
 * How much is read of a source.
 *
 * @param bytes of all files together, and of what is fetched
 * @param files that it may hold
 */
public record SourceLimits(int bytes, int files) {

    private static final int MEBIBYTE = 1024 * 1024;

    /** What fits into the operator's heap and is enough for a Worker, which Cloudflare bounds at 10 MiB, and for a site. */
    public static final SourceLimits DEFAULT = new SourceLimits(64 * MEBIBYTE, 2_000);

    SourceException tooManyBytes() {
        String size = bytes >= MEBIBYTE ? bytes / MEBIBYTE + " MiB" : bytes + " bytes";
        return new SourceException(Problem.TOO_LARGE, "the source is larger than " + size);
    }

    SourceException tooManyFiles() {
        return new SourceException(Problem.TOO_LARGE, "the source has more than %,d files".formatted(files));
    }
}
