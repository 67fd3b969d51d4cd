package io.maildomain.operator.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The MailDomains and CatchAllRules of files; what else stands in them is passed over. */
final class ManifestFiles {

    private static final String OURS = "maildomain.io/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Path STANDARD_INPUT = Path.of("-");

    private final String namespace;
    private final List<MailDomain> domains = new ArrayList<>();
    private final List<CatchAllRule> catchAlls = new ArrayList<>();

    /** The spec of each resource, and the file that it is in. */
    private final Map<String, Said> said = new HashMap<>();

    private record Said(Path file, JsonNode spec) {}

    private ManifestFiles(String namespace) {
        this.namespace = namespace;
    }

    /**
     * @param paths files, folders with all that lies below them, and {@code -} for the standard input. Links are followed where they
     *     are named here, and where they lead to a file; what is hidden below a folder is passed over, such as the copies that lie in a
     *     mounted ConfigMap.
     * @param namespace of resources that name none
     * @param standardInput read only where a path asks for it
     * @throws StartFailure if one cannot be read, or says what the API server would refuse
     */
    static ManifestFiles read(List<Path> paths, String namespace, InputStream standardInput) {
        ManifestFiles manifests = new ManifestFiles(namespace);
        for (Path path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                manifests.readDocuments(Path.of("the standard input"), standardInput);
                continue;
            }
            if (Files.isDirectory(path)) {
                folder(path).forEach(manifests::readFile);
            } else {
                manifests.readFile(path);
            }
        }
        return manifests;
    }

    /** Whether a MailDomain for this domain stands in the file, whatever else does. */
    static boolean isAbout(Path file, String domain) {
        try (InputStream text = Files.newInputStream(file)) {
            return ManifestDocuments.ofYaml(text).stream()
                    .filter(document -> document.path("kind").asText().equals("MailDomain"))
                    .anyMatch(document ->
                            document.path("spec").path("domain").asText().equalsIgnoreCase(domain));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static List<Path> folder(Path folder) {
        try (Stream<Path> files = Files.walk(folder.toRealPath())) {
            Path real = folder.toRealPath();
            return files.map(real::relativize)
                    .filter(below -> !isHidden(below) && isManifest(below))
                    .map(folder::resolve)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new StartFailure(folder + " cannot be read with all that lies below it", unreadable);
        }
    }

    private static boolean isHidden(Path below) {
        for (Path name : below) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isManifest(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    List<MailDomain> domains() {
        return List.copyOf(domains);
    }

    List<CatchAllRule> catchAllsOf(MailDomain domain) {
        return catchAlls.stream()
                .filter(rule -> rule.getMetadata()
                        .getNamespace()
                        .equals(domain.getMetadata().getNamespace()))
                .filter(rule -> rule.getSpec()
                        .domainRef()
                        .name()
                        .equals(domain.getMetadata().getName()))
                .toList();
    }

    /** What is planned otherwise than it may be meant, a line each. */
    List<String> remarks() {
        Stream<String> doubles = domains.stream()
                .filter(domain -> domains.stream()
                        .anyMatch(other -> other != domain
                                && other.getSpec()
                                        .domain()
                                        .equals(domain.getSpec().domain())))
                .map(domain -> "MailDomain " + nameOf(domain.getMetadata()) + " is planned as if no other one was for "
                        + domain.getSpec().domain());
        return doubles.toList();
    }

    /** The CatchAllRules of MailDomains that are not in the files, {@code namespace/name}. */
    List<String> orphans() {
        return catchAlls.stream()
                .filter(rule ->
                        domains.stream().noneMatch(domain -> catchAllsOf(domain).contains(rule)))
                .map(rule -> nameOf(rule.getMetadata()))
                .toList();
    }

    private static String nameOf(ObjectMeta metadata) {
        return metadata.getNamespace() + "/" + metadata.getName();
    }

    private void readFile(Path file) {
        try (InputStream text = Files.newInputStream(file)) {
            readDocuments(file, text);
        } catch (IOException unreadable) {
            throw new StartFailure(file + " cannot be read: name a folder or a file of manifests", unreadable);
        }
    }

    private void readDocuments(Path file, InputStream text) {
        List<JsonNode> documents;
        try {
            documents =
                    file.toString().endsWith(".json") ? ManifestDocuments.ofJson(text) : ManifestDocuments.ofYaml(text);
        } catch (IOException unreadable) {
            throw new StartFailure(
                    file + " is no manifest: " + ManifestChecks.firstLine(unreadable.getMessage()) + hint(file),
                    unreadable);
        }
        documents.forEach(document -> add(file, document));
    }

    private static String hint(Path file) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).contains("{{")
                    ? ": it may be a template. Plan what helm template prints, with -f -"
                    : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private void add(Path file, JsonNode document) {
        String kind = document.path("kind").asText();
        if (kind.endsWith("List") && document.path("items").isArray()) {
            document.path("items").forEach(item -> add(file, item));
            return;
        }
        boolean known = kind.equals("MailDomain") || kind.equals("CatchAllRule");
        if (!known || !document.path("apiVersion").asText().startsWith(OURS)) {
            return;
        }
        ObjectMeta metadata = metadata(document);
        ManifestChecks checks = new ManifestChecks(file + ": " + metadata.getName());
        checks.check(NAME.matcher(metadata.getName()).matches(), kind + ": its name");
        checks.check(NAME.matcher(metadata.getNamespace()).matches(), kind + ": its namespace");
        if (isRepeated(file, kind + " " + nameOf(metadata), document.path("spec"))) {
            return;
        }
        if (kind.equals("MailDomain")) {
            MailDomain domain = named(new MailDomain(), metadata);
            domain.setSpec(checks.mailDomain(document.path("spec")));
            domains.add(domain);
        } else {
            CatchAllRule rule = named(new CatchAllRule(), metadata);
            rule.setSpec(checks.catchAllRule(document.path("spec")));
            catchAlls.add(rule);
        }
    }

    private static <T extends HasMetadata> T named(T resource, ObjectMeta metadata) {
        resource.setMetadata(metadata);
        return resource;
    }

    /** Which of two that say different things would be applied last, only who applies them knows. */
    private boolean isRepeated(Path file, String resource, JsonNode spec) {
        Said before = said.putIfAbsent(resource, new Said(file, spec));
        if (before != null && !before.spec().equals(spec)) {
            throw new StartFailure(
                    before.file() + " and " + file + " say different things of " + resource + ": take one of them out");
        }
        return before != null;
    }

    private ObjectMeta metadata(JsonNode document) {
        JsonNode metadata = document.path("metadata");
        // An empty one is none to kubectl.
        String named = metadata.path("namespace").asText("");
        return new ObjectMetaBuilder()
                .withName(metadata.path("name").asText(""))
                .withNamespace(named.isEmpty() ? namespace : named)
                .build();
    }
}
