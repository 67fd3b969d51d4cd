package io.maildomain.operator.sources;

/** A source that cannot be used, and why. The message is a sentence for people; it holds no content and no credentials. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with a source. */
    public enum Problem {
        /** Its host is not among those that the installation allows. */
        HOST_NOT_ALLOWED,
        /** It is not there, or the folder that was named is not in it. */
        NOT_FOUND,
        /** It wants credentials, or other ones. */
        ACCESS_DENIED,
        /** More bytes or files than are read. */
        TOO_LARGE,
        /** Links, names that lead out of the folder, two files of one name. */
        UNSAFE,
        /** Its bytes are not those that its digest names. */
        WRONG_DIGEST,
        /** No archive, no manifest, or not of a kind that is known. */
        MALFORMED,
        /** The host did not answer, or not as it should. May pass. */
        UNAVAILABLE
    }

    private final Problem problem;

    public SourceException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public SourceException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
