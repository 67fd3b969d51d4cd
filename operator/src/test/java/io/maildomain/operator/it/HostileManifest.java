package io.maildomain.operator.it;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.maildomain.harness.OperatorExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A manifest that is malformed, or means harm, sent to the API server as its text is: no client of ours may put it right.
 *
 * @param name what is wrong with it
 * @param text YAML with {@code ACCOUNT} and {@code OPERATOR} in place of names that the test gives
 * @param refusedWith what its refusal says; null where it is accepted
 * @param handledAs a reason of one of its conditions, or several with bars between; null where it is refused
 */
record HostileManifest(String name, String text, String refusedWith, String handledAs) {

    private static final Path FOLDER = Path.of("src/test/resources/io/maildomain/operator/it/hostile");
    private static final String REFUSED = "# refused: ";
    private static final String HANDLED = "# handled: ";
    private static final Map<String, String> PLURALS = Map.of(
            "MailDomain", "maildomains", "CatchAllRule", "catchallrules", "CloudflareAccount", "cloudflareaccounts");

    /** Those of the folder, and those that are too large for a file. */
    static List<HostileManifest> all() {
        List<HostileManifest> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(file -> all.add(read(file)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        all.add(refused("ten thousand rules", "spec.rules", domain("rules", rules(10_000))));
        all.add(refused(
                "an annotation of two megabytes", "", domain("annotation", "  mode: Observe", "x".repeat(2 << 20))));
        all.add(refused(
                "ten thousand levels", "", domain("levels", "  zone: " + "[".repeat(10_000) + "]".repeat(10_000))));
        all.add(refused(
                "a thousand maps", "", domain("maps", "  zone: " + "{a: ".repeat(1_000) + "b" + "}".repeat(1_000))));
        all.add(refused("a document that never was YAML", "", "\u0001\u0002 {[}] : - ? |"));
        all.add(refused("nothing at all", "", ""));
        return all;
    }

    private static HostileManifest read(Path file) {
        try {
            String text = Files.readString(file);
            String head = text.lines().findFirst().orElseThrow();
            String name = file.getFileName().toString().replace(".yaml", "");
            return head.startsWith(REFUSED.trim())
                    ? refused(name, head.substring(REFUSED.length()), text)
                    : new HostileManifest(name, text, null, head.substring(HANDLED.length()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HostileManifest refused(String name, String with, String text) {
        return new HostileManifest(name, text, with, null);
    }

    private static String domain(String name, String spec, String... annotation) {
        String annotations = annotation.length == 0 ? "" : ", annotations: {a: " + annotation[0] + "}";
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: %s%s}
                spec:
                  domain: %s.example
                %s
                """.formatted(name, annotations, name, spec);
    }

    private static String rules(int count) {
        StringBuilder rules = new StringBuilder("  rules:\n");
        for (int i = 0; i < count; i++) {
            rules.append("  - {address: a").append(i).append("@rules.example, action: {drop: true}}\n");
        }
        return rules.toString();
    }

    boolean isAccepted() {
        return handledAs != null;
    }

    List<String> reasons() {
        return List.of(handledAs.split("\\|"));
    }

    String kind() {
        return PLURALS.keySet().stream()
                .filter(kind -> text.contains("kind: " + kind + "\n"))
                .findFirst()
                .orElse("MailDomain");
    }

    /** The name that it is known by, if it is accepted. */
    String resource() {
        String metadata = text.substring(text.indexOf("metadata: {name: ") + "metadata: {name: ".length());
        return metadata.split("[,}]")[0];
    }

    /** Creates it as {@code kubectl create --validate=strict} would, without reading it first. */
    HttpResponse<String> sentTo(OperatorExtension rig) {
        KubernetesClient client = rig.client();
        String home = kind().equals("CloudflareAccount") ? "" : "namespaces/" + rig.namespace() + "/";
        URI uri = URI.create(client.getMasterUrl() + "apis/maildomain.io/v1alpha1/" + home + PLURALS.get(kind())
                + "?fieldValidation=Strict");
        String body = text.replace("ACCOUNT", rig.account()).replace("OPERATOR", rig.operatorNamespace());
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(uri)
                .method("POST", "application/yaml", body)
                .build();
        try {
            return client.getHttpClient().sendAsync(request, String.class).get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
