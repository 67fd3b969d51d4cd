package io.maildomain.faults;

import io.maildomain.simulator.faults.Fault;
import java.time.Duration;
import java.util.Map;

/** The ways in which a single call goes wrong. */
enum FaultKind {
    RESET_BEFORE("connection reset before the effect", Fault.resetBefore()),
    RESET_AFTER("connection reset after the effect", Fault.resetAfter()),
    ERROR_500("500", Fault.status(500)),
    ERROR_502_AFTER("502 after the effect", Fault.status(502).afterTheWork()),
    UNAVAILABLE_503("503 with Retry-After", Fault.status(503, null, Map.of("Retry-After", "1"))),
    LIMITED_429("429 with Retry-After", Fault.status(429)),
    LIMITED_429_SILENT("429 without Retry-After", Fault.status(429, null, Map.of("Retry-After", ""))),
    TIMEOUT("time-out after the effect", Fault.stall(Duration.ofMillis(900))),
    MALFORMED("malformed body", Fault.malformedBody()),
    DENIED_ONCE("403/10000 once", Fault.status(403));

    private static final Duration SHORT = Duration.ofMillis(300);
    /** For what is not about time-outs: this machine may be slow. */
    static final Duration PATIENT = Duration.ofSeconds(5);

    private final String words;
    private final Fault fault;

    FaultKind(String words, Fault fault) {
        this.words = words;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    /** How long a call may take: short only where that is what the case is about, for this machine may be slow. */
    Duration callTimeout() {
        return this == TIMEOUT ? SHORT : PATIENT;
    }

    /** Whether a read can be hit by it in a way of its own: it has no effect before or after which it could happen. */
    boolean fits(CallSpot call) {
        return !call.reads() || (this != RESET_AFTER && this != ERROR_502_AFTER);
    }

    @Override
    public String toString() {
        return words;
    }
}
