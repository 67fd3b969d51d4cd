package io.maildomain.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Cloudflare simulator as a process of its own, on a free port.
 *
 * @param baseUrl of Cloudflare's API there, ending with {@code /client/v4}
 */
public record SimulatorProcess(GuardedProcess process, URI baseUrl) implements AutoCloseable {

    private static final String GREETING = "listening on ";
    private static final Duration START = Duration.ofSeconds(30);

    /**
     * Starts it and waits for its address.
     *
     * @param recording gets one line of JSON per exchange; its folder is made
     * @param log gets what it prints
     * @param options further flags, such as {@code --rate-limit=1200/30s}
     * @throws HarnessException if it does not start
     */
    public static SimulatorProcess start(Path jar, Path recording, Path log, String... options) {
        try {
            Files.createDirectories(recording.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new HarnessException("no folder for " + recording + ": " + e.getMessage(), e);
        }
        List<String> arguments = new ArrayList<>(List.of("--port", "0", "--record", recording.toString()));
        arguments.addAll(List.of(options));
        GuardedProcess process = GuardedProcess.start("simulator", List.of(), jar, arguments, Map.of(), log);
        Waiting.until(START, () -> !process.isAlive() || address(log).isPresent());
        return address(log)
                .map(address -> new SimulatorProcess(process, address))
                .orElseThrow(() -> {
                    process.kill();
                    return new HarnessException("the simulator did not start:\n" + process.lastWords());
                });
    }

    /** What it speaks of in its first line, once that is whole. */
    private static Optional<URI> address(Path log) {
        try {
            String printed = Files.readString(log);
            int end = printed.indexOf('\n');
            return end > 0 && printed.startsWith(GREETING)
                    ? Optional.of(
                            URI.create(printed.substring(GREETING.length(), end).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Its control plane. */
    public SimulatorControl control() {
        return new SimulatorControl(baseUrl);
    }

    @Override
    public void close() {
        process.close();
    }
}
