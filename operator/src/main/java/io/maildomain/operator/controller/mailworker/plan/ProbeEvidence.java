package io.maildomain.operator.controller.mailworker.plan;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What probes have told since this process started, of one version in one place. It is kept in memory: after a restart the probe is asked
 * once more, which changes nothing.
 *
 * @param version that was asked; empty: none was
 * @param override whether it was asked by the override header, while another one served
 * @param goodSince when the first of the last probes was asked that were all as the spec wants them; null: the last one was not
 * @param failures so many failed without a good one between them
 * @param last when it was asked last
 */
public record ProbeEvidence(
        String version, boolean override, @Nullable Instant goodSince, int failures, Instant last) {

    /** No probe was asked. */
    public static final ProbeEvidence NONE = new ProbeEvidence("", false, null, 0, Instant.EPOCH);

    /** A new version needs some seconds to be everywhere at Cloudflare. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    /** The same after one more probe. */
    public ProbeEvidence and(DeployStep.Probe probe, boolean good, Instant when) {
        boolean again = isOf(probe.version(), probe.override());
        int failed = good ? 0 : again ? failures + 1 : 1;
        Instant first = again && goodSince != null ? goodSince : when;
        return new ProbeEvidence(probe.version(), probe.override(), good ? first : null, failed, when);
    }

    boolean isOf(String asked, boolean byOverride) {
        return version.equals(asked) && override == byOverride;
    }

    /** Whether the last probe was as the spec wants it. */
    boolean passed() {
        return goodSince != null;
    }

    /** Whether no answer was bad from one probe to another that came so much later; zero: one good answer is enough. */
    boolean passedFor(Duration time) {
        return goodSince != null && !last.isBefore(goodSince.plus(time));
    }

    /** When the next probe may be asked: 1, 2, 4, 8 and then 16 seconds after the last one. */
    Instant next() {
        if (failures == 0) {
            return last;
        }
        Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return last.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }
}
