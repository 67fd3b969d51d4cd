package io.maildomain.faults;

import java.time.Duration;
import java.util.List;

/** The operator's settings at about a hundredth of what people get: the code is the same. */
final class Pace {

    private Pace() {}

    /** Flags of {@code run} for an operator that works in one namespace, on Secrets that lie there. */
    static List<String> flags(String namespace, Duration callTimeout) {
        return List.of(
                "--accounts=false",
                "--local-secrets=true",
                "--watch-namespaces=" + namespace,
                "--log-format=text",
                "--owner-id=faults",
                "--call-timeout=" + callTimeout.toMillis() + "ms",
                "--drift-interval=10m",
                "--max-deletions=1000/10m",
                "--hand-over=0s",
                "--retry-base=10ms",
                "--retry-cap=3s",
                "--confirm-pause=50ms",
                "--waiting-base=50ms",
                "--waiting-cap=3s",
                "--final-base=300ms",
                "--final-cap=18s",
                "--auth-retry-base=300ms",
                "--auth-retry-cap=6s",
                "--window=3s");
    }
}
