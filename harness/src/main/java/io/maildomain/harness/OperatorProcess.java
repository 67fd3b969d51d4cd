package io.maildomain.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operator's jar as a process of its own. */
public final class OperatorProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private static final Pattern SERVING = Pattern.compile("Serving HTTP on port (\\d+)");

    private final GuardedProcess process;
    private final Path log;
    private volatile URI http;

    private OperatorProcess(GuardedProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * What to start.
     *
     * @param jar the operator's
     * @param kubeconfig how it logs in
     * @param operatorNamespace its own namespace
     * @param cloudflare base URL of the API it calls
     * @param options further flags of {@code run}, such as {@code --drift-interval=2s}
     * @param log gets what it prints
     * @param javaOptions of the JVM that runs it
     */
    public record Launch(
            Path jar,
            Path kubeconfig,
            String operatorNamespace,
            URI cloudflare,
            List<String> options,
            Path log,
            List<String> javaOptions) {

        public Launch {
            options = List.copyOf(options);
            javaOptions = List.copyOf(javaOptions);
        }

        /** Without any option of the JVM. */
        public Launch(
                Path jar, Path kubeconfig, String operatorNamespace, URI cloudflare, List<String> options, Path log) {
            this(jar, kubeconfig, operatorNamespace, cloudflare, options, log, List.of());
        }

        /** The same in a JVM with more options. */
        public Launch inJava(String... more) {
            List<String> all = new ArrayList<>(javaOptions);
            all.addAll(List.of(more));
            return new Launch(jar, kubeconfig, operatorNamespace, cloudflare, options, log, all);
        }

        /** The same with more options. */
        public Launch with(String... more) {
            List<String> all = new ArrayList<>(options);
            all.addAll(List.of(more));
            return new Launch(jar, kubeconfig, operatorNamespace, cloudflare, all, log, javaOptions);
        }

        /** The same with these options, each {@code --name=value}, in place of those of the same name. */
        public Launch instead(String... others) {
            List<String> all = new ArrayList<>(options);
            Stream.of(others)
                    .map(option -> option.substring(0, option.indexOf('=') + 1))
                    .forEach(name -> all.removeIf(option -> option.startsWith(name)));
            all.addAll(List.of(others));
            return new Launch(jar, kubeconfig, operatorNamespace, cloudflare, all, log, javaOptions);
        }

        /** The same with another login. */
        Launch loggedInWith(Path other) {
            return new Launch(jar, other, operatorNamespace, cloudflare, options, log, javaOptions);
        }

        /** The same with another log. */
        Launch into(Path other) {
            return new Launch(jar, kubeconfig, operatorNamespace, cloudflare, options, other, javaOptions);
        }
    }

    /**
     * Starts {@code run} and does not wait.
     *
     * @throws HarnessException if it cannot be started
     */
    public static OperatorProcess start(Launch launch) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--operator-namespace=" + launch.operatorNamespace(),
                "--cloudflare-api-base-url=" + launch.cloudflare(),
                "--http-port=0"));
        arguments.addAll(launch.options());
        GuardedProcess process = GuardedProcess.start(
                "operator",
                withDebugger(launch.javaOptions()),
                launch.jar(),
                arguments,
                Map.of("KUBECONFIG", launch.kubeconfig().toString()),
                launch.log());
        return new OperatorProcess(process, launch.log());
    }

    /**
     * Starts the jar with exactly these arguments, as a command line or a container does, and does not wait.
     *
     * @param environment its settings; none of this process's own reaches it
     * @throws HarnessException if it cannot be started
     */
    public static OperatorProcess start(
            Path jar, List<String> javaOptions, List<String> arguments, Map<String, String> environment, Path log) {
        return new OperatorProcess(
                GuardedProcess.start("operator", javaOptions, jar, arguments, environment, log), log);
    }

    /** One that was started in another way. */
    static OperatorProcess of(GuardedProcess process, Path log) {
        return new OperatorProcess(process, log);
    }

    /** {@code -Dmaildomain.debug=PORT} lets a debugger attach to the operator at that port. */
    private static List<String> withDebugger(List<String> javaOptions) {
        String port = System.getProperty("maildomain.debug");
        if (port == null) {
            return javaOptions;
        }
        List<String> all = new ArrayList<>(javaOptions);
        all.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=localhost:" + port);
        return all;
    }

    /** What it prints. */
    public Path log() {
        return log;
    }

    /**
     * Where its {@code /healthz}, {@code /readyz}, {@code /metrics} and {@code /api/meta} are, once its log says so: it picks the
     * port itself, so that no other process can be faster.
     */
    public Optional<URI> http() {
        if (http == null) {
            try {
                Matcher serving = SERVING.matcher(Files.readString(log));
                if (serving.find()) {
                    http = URI.create("http://127.0.0.1:" + serving.group(1));
                }
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(http);
    }

    /**
     * Waits until {@code /readyz} answers 200.
     *
     * @throws HarnessException if it ends or is not ready in time; with the end of its log
     */
    public OperatorProcess awaitReady(Duration patience) {
        AtomicBoolean ready = new AtomicBoolean();
        Waiting.until(patience, () -> {
            ready.set(isReady());
            return ready.get() || !process.isAlive();
        });
        if (ready.get() && process.isAlive()) {
            return this;
        }
        String fate = process.isAlive()
                ? "is not ready after " + patience.toSeconds() + " s"
                : "ended with exit code " + process.process().exitValue();
        throw new HarnessException("the operator " + fate + ":\n" + process.lastWords());
    }

    /** Whether {@code /readyz} answers 200. */
    public boolean isReady() {
        return http().filter(OperatorProcess::isReady).isPresent();
    }

    private static boolean isReady(URI http) {
        try {
            HttpRequest request = HttpRequest.newBuilder(http.resolve("/readyz"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * What it answers to GET: status, headers and body, as text.
     *
     * @throws HarnessException if it does not answer
     */
    public HttpResponse<String> get(String path) {
        URI address = http().map(http -> http.resolve(path))
                .orElseThrow(() -> new HarnessException("the operator serves no HTTP yet"));
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new HarnessException("the operator does not answer " + address + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while asking " + address, e);
        }
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Asks it to end (SIGTERM).
     *
     * @return its exit code
     * @throws HarnessException if it is still there after 30 s, or a minute where it leaves an archive of its classes; it is killed then
     */
    public int terminate() {
        return process.terminate();
    }

    /** The number of the process, for tools that look into it. */
    public long pid() {
        return process.process().pid();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Ends it when it is not needed any more. */
    void discard() {
        process.discard();
    }

    /** What each of its threads does just now goes to its log. */
    public void dumpThreads() {
        process.dumpThreads();
    }

    /** The end of its log. */
    public String lastWords() {
        return process.lastWords();
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
