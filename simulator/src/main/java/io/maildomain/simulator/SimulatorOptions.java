package io.maildomain.simulator;

import io.maildomain.simulator.limits.RateLimit;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a simulator is started. Immutable; begin with {@link #defaults()}. */
public final class SimulatorOptions {

    private final Listening listening;
    private final Clock clock;
    private final Duration latency;
    private final RateLimit rateLimit;
    private final Map<String, String> quirks;
    private final Path data;
    private final Path recording;

    private SimulatorOptions(
            Listening listening,
            Clock clock,
            Duration latency,
            RateLimit rateLimit,
            Map<String, String> quirks,
            Path data,
            Path recording) {
        this.listening = listening;
        this.clock = clock;
        this.latency = latency;
        this.rateLimit = rateLimit;
        this.quirks = Map.copyOf(quirks);
        this.data = data;
        this.recording = recording;
    }

    /**
     * A free port on the loopback address, the system's clock, no latency, no files, and no rate limit, so that a test
     * meets a 429 only if it asks for one. (The command line's default is Cloudflare's limit.)
     */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                new Listening("127.0.0.1", 0, -1, false),
                Clock.systemUTC(),
                Duration.ZERO,
                RateLimit.off(),
                Map.of(),
                null,
                null);
    }

    /** Listens on another address than the loopback one. Control plane and page stay local. */
    public SimulatorOptions withHost(String changed) {
        return new SimulatorOptions(listening.withHost(changed), clock, latency, rateLimit, quirks, data, recording);
    }

    /** Listens on that port; 0 picks a free one. */
    public SimulatorOptions withPort(int changed) {
        return new SimulatorOptions(listening.withPort(changed), clock, latency, rateLimit, quirks, data, recording);
    }

    /** Serves the zones' MX and TXT records by DNS as well, on that UDP port of the loopback address; 0 picks a free one. */
    public SimulatorOptions withDnsPort(int changed) {
        return new SimulatorOptions(listening.withDnsPort(changed), clock, latency, rateLimit, quirks, data, recording);
    }

    /**
     * Serves control plane and page to every client that reaches the port, which is for containers: there no client is local.
     * They need no token, so let no client reach the port that may not do everything.
     */
    public SimulatorOptions withOpenControl() {
        return new SimulatorOptions(listening.withOpenControl(), clock, latency, rateLimit, quirks, data, recording);
    }

    /** The time that the simulated Cloudflare goes by: its objects, its Date headers, its limits. */
    public SimulatorOptions withClock(Clock changed) {
        return new SimulatorOptions(listening, changed, latency, rateLimit, quirks, data, recording);
    }

    /** Every answer of the API is that late. */
    public SimulatorOptions withLatency(Duration changed) {
        return new SimulatorOptions(listening, clock, changed, rateLimit, quirks, data, recording);
    }

    public SimulatorOptions withRateLimit(RateLimit changed) {
        return new SimulatorOptions(listening, clock, latency, changed, quirks, data, recording);
    }

    /** A reading of a disputed behaviour, by name. */
    public SimulatorOptions withQuirk(String name, String reading) {
        Map<String, String> more = new TreeMap<>(quirks);
        more.put(name, reading);
        return new SimulatorOptions(listening, clock, latency, rateLimit, more, data, recording);
    }

    /** Loads the state from a file if it is there, and keeps it there. */
    public SimulatorOptions withData(Path file) {
        return new SimulatorOptions(listening, clock, latency, rateLimit, quirks, file, recording);
    }

    /** Appends every exchange of the API to a file, one line of JSON each. */
    public SimulatorOptions withRecording(Path file) {
        return new SimulatorOptions(listening, clock, latency, rateLimit, quirks, data, file);
    }

    Listening listening() {
        return listening;
    }

    Clock clock() {
        return clock;
    }

    Duration latency() {
        return latency;
    }

    RateLimit rateLimit() {
        return rateLimit;
    }

    Map<String, String> quirks() {
        return quirks;
    }

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    Optional<Path> recording() {
        return Optional.ofNullable(recording);
    }
}
