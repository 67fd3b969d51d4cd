package io.maildomain.simulator.api;

import java.util.List;
import java.util.Map;

/** An answer that says no. It carries no stack trace: it is an answer, not an accident. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<ErrorItem> errors;
    private final transient Map<String, String> headers;

    public Refusal(int status, List<ErrorItem> errors, Map<String, String> headers) {
        super(errors.get(0).message(), null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public Refusal(int status, int code, String message) {
        this(status, List.of(new ErrorItem(code, message)), Map.of());
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** At least one. */
    public List<ErrorItem> errors() {
        return errors;
    }

    /** Headers that belong to it, such as Retry-After. */
    public Map<String, String> headers() {
        return headers;
    }
}
