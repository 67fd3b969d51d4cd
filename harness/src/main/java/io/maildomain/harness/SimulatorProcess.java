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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Cloudflare simulator as a process of its own, on a free port.
 *
 * @param baseUrl of Cloudflare's API there, ending with {@code /client/v4}
 * @param dns where the zones' records are served by DNS, as {@code host:port}
 */
public record SimulatorProcess(GuardedProcess process, URI baseUrl, String dns) implements AutoCloseable {

    private static final Pattern GREETING =
            Pattern.compile("^listening on (\\S+)\n.*?^dns on (\\S+)\n", Pattern.DOTALL | Pattern.MULTILINE);
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
        List<String> arguments =
                new ArrayList<>(List.of("--port", "0", "--dns-port", "0", "--record", recording.toString()));
        arguments.addAll(List.of(options));
        GuardedProcess process = GuardedProcess.start("simulator", List.of(), jar, arguments, Map.of(), log);
        Waiting.until(START, () -> !process.isAlive() || greeting(log).isPresent());
        return greeting(log)
                .map(greeting -> new SimulatorProcess(process, URI.create(greeting.group(1)), greeting.group(2)))
                .orElseThrow(() -> {
                    process.kill();
                    return new HarnessException("the simulator did not start:\n" + process.lastWords());
                });
    }

    /** Where it says that it listens, once all of it is printed. */
    private static Optional<MatchResult> greeting(Path log) {
        try {
            Matcher said = GREETING.matcher(Files.readString(log));
            return said.find() ? Optional.of(said.toMatchResult()) : Optional.empty();
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
