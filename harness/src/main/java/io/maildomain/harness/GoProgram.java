package io.maildomain.harness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Programs written in Go that tests run as people do: helm, promtool, kstatus. */
public final class GoProgram {

    /** Longer than any command takes; a hook's Job never ends where no kubelet runs it. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration WITH_A_BUILD = Duration.ofMinutes(20);

    /** Asked for once in a JVM. */
    private static final Map<String, Path> FOUND = new ConcurrentHashMap<>();

    private GoProgram() {}

    /** What came of a command. */
    public record Result(int exitCode, String output) {}

    /** @throws HarnessException if there is none and none can be built; {@code tools/go-program} has said why */
    static Path find(Checkout checkout, String name) {
        return FOUND.computeIfAbsent(name, asked -> {
            String script = checkout.root().resolve("tools/go-program").toString();
            Result found = run(new ProcessBuilder(script, asked).redirectError(Redirect.INHERIT), WITH_A_BUILD);
            if (found.exitCode() != 0) {
                throw new HarnessException("tools/go-program found no " + asked + "; it says why above");
            }
            return Path.of(found.output().strip());
        });
    }

    /**
     * Runs it to its end.
     *
     * @throws HarnessException if it cannot be started, or has not ended by then; what it said is quoted
     */
    static Result run(ProcessBuilder builder, Duration limit) {
        try {
            Path output = Files.createTempFile("program", ".out");
            try {
                Process process = builder.redirectOutput(output.toFile()).start();
                process.getOutputStream().close();
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new HarnessException(String.join(" ", builder.command()) + " did not end within " + limit
                            + "; it said: " + Files.readString(output));
                }
                return new Result(process.exitValue(), Files.readString(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new HarnessException(builder.command().get(0) + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while " + builder.command().get(0) + " runs", e);
        }
    }
}
