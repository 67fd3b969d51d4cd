package io.maildomain.harness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java program run from its jar, its output in a file. It ends with this JVM, however that ends.
 *
 * @param name what messages call it
 * @param log where its standard output and error go
 * @param archive that it uses or leaves
 */
record GuardedProcess(String name, Process process, Path log, ClassArchive archive) implements AutoCloseable {

    /** The Java that runs this, for programs that live for minutes at most. */
    static final List<String> JAVA =
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Where it has an archive to write as well, on a busy machine. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(1);

    private static final Path GUARD = writeGuard();

    /**
     * Starts {@code java -jar jar arguments…}.
     *
     * @param javaOptions come before {@code -jar}
     * @param environment added to this process's own
     * @throws HarnessException if the jar is not there or cannot be started
     */
    static GuardedProcess start(
            String name,
            List<String> javaOptions,
            Path jar,
            List<String> arguments,
            Map<String, String> environment,
            Path log) {
        if (!Files.isRegularFile(jar)) {
            throw new HarnessException("no " + jar.getFileName() + " yet: build it with mvn -DskipTests package");
        }
        List<String> command = new ArrayList<>(JAVA);
        ClassArchive archive = ClassArchive.of(jar);
        command.addAll(archive.options());
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = guarded(command);
        builder.environment().keySet().removeIf(GuardedProcess::isASettingOfOurs);
        builder.environment().putAll(environment);
        return start(name, builder, log, archive);
    }

    /**
     * Starts any command, with only this environment and without an archive of classes.
     *
     * @throws HarnessException if it cannot be started
     */
    static GuardedProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder = guarded(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return start(name, builder, log, ClassArchive.NONE);
    }

    private static ProcessBuilder guarded(List<String> command) {
        List<String> all = new ArrayList<>(
                List.of(GUARD.toString(), String.valueOf(ProcessHandle.current().pid())));
        all.addAll(command);
        return new ProcessBuilder(all).redirectErrorStream(true);
    }

    private static GuardedProcess start(String name, ProcessBuilder builder, Path log, ClassArchive archive) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = builder.redirectOutput(Redirect.to(log.toFile())).start();
            process.getOutputStream().close();
            GuardedProcess started = new GuardedProcess(name, process, log, archive);
            Runtime.getRuntime().addShutdownHook(new Thread(started::kill, name + "-shutdown"));
            return started;
        } catch (IOException e) {
            throw new HarnessException("the " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** What a user has set for their own installation must not reach this one. */
    private static boolean isASettingOfOurs(String variable) {
        return variable.startsWith("MAILDOMAIN_")
                || variable.startsWith("CLOUDFLARE_")
                || variable.startsWith("POD_")
                || variable.startsWith("KUBE");
    }

    private static Path writeGuard() {
        try {
            Path folder = Files.createTempDirectory("maildomain-guard-");
            Path guard = Resources.writeProgram("guard.sh", folder.resolve("guard"));
            folder.toFile().deleteOnExit();
            guard.toFile().deleteOnExit();
            return guard;
        } catch (IOException e) {
            throw new HarnessException("no temporary file can be written: " + e.getMessage(), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Asks it to end (SIGTERM) and waits.
     *
     * @return its exit code
     * @throws HarnessException if it is still there after 30 s, or a minute where it leaves an archive; it is killed then
     */
    int terminate() {
        Duration patience = archive.isLeft() ? LONG_PATIENCE : PATIENCE;
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new HarnessException("the " + name + " did not end within " + patience.toSeconds()
                        + " s of SIGTERM; its log is " + log);
            }
            archive.keep();
            return process.exitValue();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while waiting for the " + name + " to end", e);
        }
    }

    /** Ends it at once (SIGKILL) and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends it when it is not needed any more: at once, unless it has an archive to leave. */
    void discard() {
        if (archive.isLeft() && isAlive()) {
            terminate();
        } else {
            kill();
        }
    }

    /** What each of its threads does just now goes to its log (SIGQUIT); nothing else happens to it. */
    void dumpThreads() {
        try {
            new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new HarnessException("the threads of the " + name + " cannot be seen: " + e.getMessage(), e);
        }
    }

    /** What a person needs to see of it when it failed: the end of its log. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            terminate();
        }
    }
}
