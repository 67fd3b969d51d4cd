package io.maildomain.benchmark;

/** A scenario could not be played to its end, so that nothing was measured. */
public final class BenchmarkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BenchmarkException(String message) {
        super(message);
    }
}
