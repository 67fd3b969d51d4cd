package io.maildomain.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.harness.Checkout;
import io.maildomain.harness.HelmCli;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.Kubectl;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.harness.SimulatorProcess;
import io.maildomain.operator.it.GuidePage.Command;
import io.maildomain.operator.it.GuidePage.Manifest;
import io.maildomain.operator.it.GuidePage.Passage;
import io.maildomain.operator.it.GuidePage.Prose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Follows pages of the documentation on a cluster of their own: types each command as it stands there, applies each manifest, does
 * at Cloudflare what the text asks for, and waits until what is printed is what the page shows.
 *
 * <p>What differs from a real cluster: Cloudflare and its name servers are the simulator, the registry has a name, ports are free
 * ones, the operator waits less long, and its jar stands for the image (see {@link DeploymentKubelet} and {@link HookKubelet}).
 */
final class NewAdministrator implements AutoCloseable {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAMESPACE = "mail-system";
    private static final String TOKEN = "token-of-a-new-administrator-with-three-rights";
    private static final String OPERATOR_JAR = "operator/target/mail-domain-operator.jar";
    private static final String SIMULATOR_JAR = "simulator/target/cloudflare-simulator.jar";

    private final KubeApi api = KubeApi.start(CHECKOUT);
    private final Path folder;
    private final Kubectl shell;
    private final HookKubelet hooks;
    private final DeploymentKubelet deployments;
    private final Map<String, String> settings = new HashMap<>();
    private final SimulatorProcess cloudflare;
    private SimulatorProcess another;
    private OperatorProcess inTheTerminal;

    /** @param name of the transcript and logs below {@code target/guide} */
    NewAdministrator(String name, Path folder) throws IOException {
        this.folder = folder;
        Path logs = Path.of("target/guide").toAbsolutePath();
        cloudflare = SimulatorProcess.start(
                CHECKOUT.simulatorJar(), logs.resolve(name + ".jsonl"), logs.resolve(name + ".simulator.log"));
        try (Stream<Path> entries = Files.list(CHECKOUT.root())) {
            for (Path entry : entries.toList()) {
                Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry);
            }
        }
        shell = Kubectl.find(CHECKOUT, api.kubeconfig(), folder, logs.resolve(name + ".txt"))
                .with(HelmCli.find(CHECKOUT, api.kubeconfig(), folder));
        settings.putAll(Map.of(
                "MAILDOMAIN_CLOUDFLARE_API_BASE_URL", cloudflare.baseUrl().toString(),
                "MAILDOMAIN_DNS_SERVER", cloudflare.dns(),
                "MAILDOMAIN_HTTP_PORT", "0",
                "MAILDOMAIN_RETRY_BASE", "100ms",
                "MAILDOMAIN_WAITING_BASE", "100ms",
                "MAILDOMAIN_WAITING_CAP", "1s",
                "MAILDOMAIN_CONFIRM_PAUSE", "200ms",
                "MAILDOMAIN_HAND_OVER", "2s"));
        hooks = new HookKubelet(api, NAMESPACE, folder);
        deployments = new DeploymentKubelet(api, folder, settings);
    }

    SimulatorControl cloudflare() {
        return cloudflare.control();
    }

    /** What the text, not a command, asks for; the words with which it does. */
    private Map<String, Runnable> requests() {
        return Map.of(
                "create a custom token with these permissions",
                () -> cloudflare()
                        .putToken(
                                "runtime",
                                Map.of(
                                        "value",
                                        TOKEN,
                                        "rights",
                                        SimulatorControl.RUNTIME_RIGHTS,
                                        "zones",
                                        List.of("*"),
                                        "accounts",
                                        List.of("*"),
                                        "expiresOn",
                                        "2099-12-31T23:59:59Z")),
                "and click the link in the mail that Cloudflare sends",
                () -> cloudflare().putAddress("team@corp.example", true),
                "Then set the name servers.",
                () -> cloudflare().activate("example.com"));
    }

    /** @return how many commands were typed */
    int follow(GuidePage page) {
        int typed = 0;
        Map<String, Runnable> requests = requests();
        for (Passage passage : page.passages()) {
            if (passage instanceof Prose prose) {
                requests.forEach((words, request) -> {
                    if (prose.text().contains(words)) {
                        request.run();
                    }
                });
            } else if (passage instanceof Manifest manifest && manifest.isOfOurs()) {
                apply(manifest);
            } else if (passage instanceof Command command) {
                type(command);
                typed++;
            }
        }
        return typed;
    }

    private void apply(Manifest manifest) {
        try {
            Files.writeString(folder.resolve("manifest.yaml"), manifest.text());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        succeeds("kubectl apply -f manifest.yaml", "the manifest in " + manifest.section());
    }

    /** @throws AssertionError if it fails, prints something else than the page shows, or is of a kind that is not known here */
    void type(Command command) {
        switch (command.program()) {
            case "kubectl" -> kubectl(command);
            case "helm" -> {
                succeeds(command.text().replace("REGISTRY", "registry.example"), command.toString());
                deployments.sync();
            }
            case "ls" -> succeeds(command.text(), command.toString());
            case "mvn" -> build(command);
            case "java" -> java(command);
            default ->
                throw new AssertionError(command + "\nNewAdministrator does not know how to run " + command.program()
                        + ": teach it, or let it say why that cannot be run here");
        }
    }

    private void kubectl(Command command) {
        String text = command.text();
        if (text.contains(" rollout status ")) {
            // No controller counts Pods here: this waits until the process that stands for them is ready.
            deployments.sync();
        } else if (text.contains(" logs job/")) {
            jobIsInTheChart(text.replaceFirst("(?s).* logs job/(\\S+).*", "$1"));
        } else if (text.contains(" logs deploy/")) {
            // No kubelet serves logs here: what was piped on gets the log of the process.
            String name = text.replaceFirst("(?s).* logs deploy/(\\S+).*", "$1");
            Path log = deployments.process(NAMESPACE + "/" + name).log();
            succeeds("cat " + log + text.replaceFirst("(?s).* logs deploy/\\S+", ""), command.toString());
        } else if (text.contains("maildomain.io/departed")) {
            prints(command, Pattern.compile("No resources found.*"));
        } else if (text.contains("# if it is not there yet")) {
            Kubectl.Result result = run(text);
            assertThat(result.exitCode() == 0 || result.output().contains("AlreadyExists"))
                    .as("%s%n%s", command, result.output())
                    .isTrue();
        } else if (command.shown().isEmpty()) {
            succeeds(text, command.toString());
            deployments.sync();
        } else {
            prints(command, command.expected());
        }
    }

    /** That Job is a hook that is off unless a value asks for it, and gone where it did well; ChartHooksIT runs it. */
    private void jobIsInTheChart(String name) {
        assertThat(run("helm template mail-domain-operator helm/mail-domain-operator --set checkTokens.enabled=true")
                        .output())
                .contains("kind: Job\nmetadata:\n  name: " + name + "\n");
    }

    /**
     * Not run: it is the build that this test is part of, and a second one would replace the jars below all tests that run; the
     * image's base comes from a registry, which a test must do without. What it names must be there.
     */
    private void build(Command command) {
        for (String word : command.words().subList(1, command.words().size())) {
            if (word.startsWith("-P")) {
                assertThat(CHECKOUT.root().resolve("operator/pom.xml"))
                        .as(command.toString())
                        .content()
                        .contains("<id>" + word.substring(2) + "</id>");
            } else {
                assertThat(List.of("-B", "-DskipTests", "package", "-pl", "operator", "-am"))
                        .as(command.toString())
                        .contains(word);
            }
        }
    }

    private void java(Command command) {
        List<String> words = command.words();
        int jar = words.indexOf("-jar");
        List<String> arguments = words.subList(jar + 2, words.size());
        if (words.get(jar + 1).equals(SIMULATOR_JAR)) {
            assertThat(arguments).as(command.toString()).containsExactly("--port", "8787");
            Path log = folder.resolve("simulator.log");
            another = SimulatorProcess.start(CHECKOUT.simulatorJar(), folder.resolve("calls.jsonl"), log);
        } else if (arguments.contains("--help")) {
            succeeds(command.text(), command.toString());
        } else {
            assertThat(words.get(jar + 1)).as(command.toString()).isEqualTo(OPERATOR_JAR);
            operator(words.subList(1, jar), arguments);
        }
    }

    private void operator(List<String> javaOptions, List<String> arguments) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("KUBECONFIG", api.kubeconfig().toString());
        List<String> given = arguments.stream()
                .map(word -> another == null
                        ? word
                        : word.replace(
                                "http://127.0.0.1:8787/client/v4",
                                another.baseUrl().toString()))
                .toList();
        inTheTerminal = OperatorProcess.start(
                CHECKOUT.operatorJar(), javaOptions, given, environment, folder.resolve("terminal.log"));
        inTheTerminal.awaitReady(PATIENCE);
        assertThat(inTheTerminal.get("/readyz").body()).contains("ready");
    }

    /** What a line prints that is on no page. */
    String prints(String line) {
        return run(line).output();
    }

    /** Ctrl-C for the operator that runs in a terminal. @return its exit code */
    int controlC() {
        return inTheTerminal.terminate();
    }

    /** Runs a line until it prints something, at first or after a while. */
    private void prints(Command command, Pattern expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        GuidePage.oneLine(run(command.text()).output()))
                .as(command.toString())
                .matches(expected));
    }

    private void succeeds(String line, String source) {
        Kubectl.Result result = run(line);
        assertThat(result.exitCode()).as("%s%n%s", source, result.output()).isZero();
    }

    private Kubectl.Result run(String line) {
        return shell.run(line, Map.of("TOKEN", TOKEN, "ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
    }

    @Override
    public void close() throws IOException {
        if (inTheTerminal != null) {
            inTheTerminal.close();
        }
        deployments.close();
        hooks.close();
        if (another != null) {
            another.close();
        }
        cloudflare.close();
        api.close();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }
}
