package io.maildomain.operator.app;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Admissible;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The MailDomains and CatchAllRules of files; what else stands in them is passed over. */
final class ManifestFiles {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Files that are put one behind the other without a line of dashes are one document, of which the last one would count. */
    private static final ObjectReader DOCUMENTS =
            YAML.readerFor(JsonNode.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private static final String OURS = "maildomain.io/";
    private static final Path STANDARD_INPUT = Path.of("-");

    private final String namespace;
    private final List<MailDomain> domains = new ArrayList<>();
    private final List<CatchAllRule> catchAlls = new ArrayList<>();

    private ManifestFiles(String namespace) {
        this.namespace = namespace;
    }

    /**
     * @param paths files, folders with all that lies below them, and {@code -} for the standard input
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
            try (Stream<Path> files = Files.walk(path)) {
                files.filter(file -> Files.isRegularFile(file) && isManifest(file, path))
                        .sorted()
                        .forEach(manifests::readFile);
            } catch (IOException | UncheckedIOException unreadable) {
                throw new StartFailure(path + " cannot be read: name a folder or a file of manifests", unreadable);
            }
        }
        return manifests;
    }

    /** Whether a MailDomain for this domain stands in the file, whatever else does. */
    static boolean isAbout(Path file, String domain) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return documents.readAll().stream()
                    .filter(document -> document.path("kind").asText().equals("MailDomain"))
                    .anyMatch(document ->
                            document.path("spec").path("domain").asText().equalsIgnoreCase(domain));
        } catch (IOException | NullPointerException unreadable) {
            return false;
        }
    }

    private static boolean isManifest(Path file, Path given) {
        return file.equals(given) || file.toString().matches(".*\\.(ya?ml|json)");
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
            throw new StartFailure(file + " cannot be read", unreadable);
        }
    }

    private void readDocuments(Path file, InputStream text) {
        try (MappingIterator<JsonNode> documents = DOCUMENTS.readValues(text)) {
            while (documents.hasNextValue()) {
                add(file, documents.nextValue());
            }
        } catch (IOException | IllegalArgumentException | NullPointerException unreadable) {
            throw new StartFailure(file + " is no manifest: " + firstLine(unreadable.getMessage()), unreadable);
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null
                ? "something that is required is missing"
                : text.lines().findFirst().orElse("");
    }

    private void add(Path file, JsonNode document) {
        if (document.path("kind").asText().equals("List")) {
            document.path("items").forEach(item -> add(file, item));
            return;
        }
        if (!document.path("apiVersion").asText().startsWith(OURS)) {
            return;
        }
        String kind = document.path("kind").asText();
        if (kind.equals("MailDomain")) {
            MailDomain domain = new MailDomain();
            domain.setMetadata(metadata(document));
            domain.setSpec(YAML.convertValue(document.path("spec"), MailDomainSpec.class));
            domains.add(checked(file, domain));
        } else if (kind.equals("CatchAllRule")) {
            CatchAllRule rule = new CatchAllRule();
            rule.setMetadata(metadata(document));
            rule.setSpec(YAML.convertValue(document.path("spec"), CatchAllRuleSpec.class));
            check(file, rule.getMetadata().getName(), isOne(rule.getSpec().action()), "its action");
            check(file, rule.getMetadata().getName(), rule.getSpec().domainRef() != null, "its domainRef");
            catchAlls.add(rule);
        }
    }

    private ObjectMeta metadata(JsonNode document) {
        JsonNode metadata = document.path("metadata");
        return new ObjectMetaBuilder()
                .withName(metadata.path("name").asText(""))
                .withNamespace(metadata.path("namespace").asText(namespace))
                .build();
    }

    /** What a planner would stumble over, or take for something else: the API server refuses it, and much more. */
    private static MailDomain checked(Path file, MailDomain domain) {
        String name = domain.getMetadata().getName();
        String zone = domain.getSpec().domain();
        check(file, name, zone != null && Admissible.domain(zone), "spec.domain");
        for (MailRule rule : domain.getSpec().rules()) {
            boolean address = rule.address() != null && Admissible.address(rule.address());
            check(file, name, address, "the address of a rule");
            boolean within = rule.host().equals(zone) || rule.host().endsWith("." + zone);
            check(file, name, within, "the address " + rule.address());
            check(file, name, isOne(rule.action()), "the action of " + rule.address());
        }
        return domain;
    }

    private static void check(Path file, String name, boolean right, String what) {
        if (!right) {
            throw new StartFailure(file + ": " + name + ": " + what + " is missing or none that the API server takes");
        }
    }

    private static boolean isOne(@Nullable Action action) {
        return action != null
                && Stream.of(
                                        action.wantedForwardTo().isPresent(),
                                        action.wantedWorker().isPresent(),
                                        action.drops())
                                .filter(given -> given)
                                .count()
                        == 1;
    }
}
