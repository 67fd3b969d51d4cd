package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tokens of one test, and everything that the operator said meanwhile: none of it may hold one of them. */
final class TokenLeakScan {

    private static final List<String> PATHS = List.of("/metrics", "/api/meta", "/healthz", "/readyz", "/");
    private static final String API_VERSION = "maildomain.io/v1alpha1";

    private final Path folder;
    private final String test;
    private final Set<String> tokens = new LinkedHashSet<>();
    private final Set<String> namespaces = new LinkedHashSet<>();
    private final StringBuilder answers = new StringBuilder();
    private final List<Path> logs = new ArrayList<>();
    private final List<Path> recordings = new ArrayList<>();
    private boolean called;

    TokenLeakScan(Path folder, String test) {
        this.folder = folder;
        this.test = test;
    }

    /** This is used as a token from now on. */
    void know(String token) {
        tokens.add(Objects.requireNonNull(token, "token"));
    }

    /** Resources of these namespaces are looked at. */
    void watch(String... names) {
        namespaces.addAll(List.of(names));
    }

    /** This program has written, or writes, this log. */
    void log(Path log) {
        logs.add(log);
    }

    /** The calls that the simulator saw are recorded here. */
    void recording(Path recording) {
        recordings.add(recording);
    }

    /** Takes down what the operator answers now; one that has ended answers nothing. */
    void ask(OperatorProcess operator) {
        if (!operator.isAlive() || operator.http().isEmpty()) {
            return;
        }
        for (String path : PATHS) {
            HttpResponse<String> answer = operator.get(path);
            answers.append("GET ").append(path).append(": ").append(answer.statusCode());
            answers.append('\n').append(answer.headers().map()).append('\n').append(answer.body());
            answers.append('\n');
        }
    }

    /** What the simulator says of calls; where no call was made, there is nothing in the recording. */
    void count(JsonNode calls) {
        called |= !calls.path("calls").isEmpty();
        called |= recordings.stream().anyMatch(recording -> recording.toFile().length() > 0);
    }

    /** Tokens that tests minted at the simulator, or put into Secrets, without a word. */
    void learn(KubernetesClient client, JsonNode simulator) {
        simulator.path("tokens").forEach(token -> know(token.path("value").asText()));
        namespaces.stream()
                .flatMap(namespace -> client.secrets().inNamespace(namespace).list().getItems().stream())
                .flatMap(TokenLeakScan::tokensIn)
                .forEach(this::know);
    }

    private static Stream<String> tokensIn(Secret secret) {
        return Stream.ofNullable(secret.getData())
                .flatMap(data -> data.entrySet().stream())
                .filter(entry -> entry.getKey().endsWith("TOKEN"))
                .map(entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8));
    }

    /**
     * Where a token stands in what there is to be seen; kept in files beside the logs.
     *
     * @throws HarnessException if too little was read to say so
     */
    List<String> leaks(KubernetesClient client) {
        TestArtifacts evidence = new TestArtifacts(folder, test);
        evidence.keep("resources.json", resources(client));
        evidence.keep("events.json", events(client));
        if (!answers.isEmpty()) {
            evidence.keep("http.txt", answers.toString());
        }
        logs.forEach(evidence::read);
        if (called) {
            recordings.forEach(recording -> evidence.read(recording, TokenLeakScan::isNoPlant));
        }
        return evidence.leaks(TokenScan.of(tokens));
    }

    /**
     * For {@code tools/secrecy-scan}, which looks at what is written after the test as well. The token that the simulator
     * starts with is left out: it prints that one itself.
     */
    void hand() {
        Path file = folder.resolve(test + ".tokens");
        List<String> used = tokens.stream()
                .map(String::strip)
                .filter(token -> !token.equals(SimulatorControl.ADMIN_TOKEN))
                .toList();
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, used);
        } catch (IOException e) {
            throw new HarnessException("cannot keep the tokens of " + test + ": " + e.getMessage(), e);
        }
    }

    /** What a test made the simulator say on purpose is no word of others. */
    private static boolean isNoPlant(String exchange) {
        return !exchange.contains("\"fault\":true");
    }

    private String resources(KubernetesClient client) {
        Stream<HasMetadata> namespaced = namespaces.stream()
                .flatMap(namespace -> Stream.of(
                                "MailDomain", "CatchAllRule", "Mailbox", "DestinationAddress", "MailWorker", "MailSite")
                        .flatMap(kind -> client
                                .genericKubernetesResources(API_VERSION, kind)
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .stream()));
        Stream<HasMetadata> accounts =
                client.genericKubernetesResources(API_VERSION, "CloudflareAccount").list().getItems().stream()
                        .map(HasMetadata.class::cast);
        return lines(Stream.concat(accounts, namespaced));
    }

    /** Those about accounts live in {@code default}. */
    private String events(KubernetesClient client) {
        Stream<String> where = Stream.concat(Stream.of("default"), namespaces.stream());
        String events = lines(
                where.flatMap(namespace -> client.v1().events().inNamespace(namespace).list().getItems().stream()));
        return events.isEmpty() ? "(no Events)" : events;
    }

    private static String lines(Stream<? extends HasMetadata> resources) {
        return resources.map(Serialization::asJson).collect(Collectors.joining("\n"));
    }
}
