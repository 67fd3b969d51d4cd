package io.maildomain.operator.controller.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.offline.plan.Exported;
import io.maildomain.operator.dns.plan.UnicodeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Manifests as people keep them: what is at its default is left out, and what they cannot say stands above them in comments. */
public final class ManifestText {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private ManifestText() {}

    /** Both documents of a domain, each with the line {@code ---} before it. */
    public static String of(Exported exported) {
        StringBuilder text = new StringBuilder();
        comments(exported).forEach(line -> text.append(comment(line)).append('\n'));
        text.append(document(exported.domain(), spec(exported.domain().getSpec())));
        exported.catchAll().ifPresent(rule -> text.append(document(rule, spec(rule))));
        return text.toString();
    }

    private static List<String> comments(Exported exported) {
        Zone zone = exported.seen().zone();
        List<String> lines = new ArrayList<>();
        lines.add("%s: zone %s, %s, Email Routing %s"
                .formatted(
                        UnicodeName.shown(zone.name()),
                        zone.id(),
                        zone.status(),
                        exported.seen().routing().enabled() ? "on" : "off"));
        if (!exported.pending().isEmpty()) {
            lines.add(
                    "It only observes: in mode Manage the operator would change something, or might once it sees more:");
            exported.pending().forEach(change -> lines.add("- " + change));
        }
        if (!exported.left().isEmpty()) {
            lines.add("At Cloudflare and not below, and left as it is:");
            exported.left().forEach(left -> lines.add("- " + left.what() + ": " + left.why()));
        }
        return lines;
    }

    /** One line, whatever stands in it: names of rules are the words of others. */
    static String comment(String text) {
        return "# " + plain(text).strip();
    }

    /** Nothing of it moves a cursor, turns a line around or begins another one. */
    public static String plain(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    private static String document(CustomResource<?, ?> resource, Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", resource.getMetadata().getName());
        metadata.put("namespace", resource.getMetadata().getNamespace());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", resource.getApiVersion());
        document.put("kind", resource.getKind());
        document.put("metadata", metadata);
        document.put("spec", spec);
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts and numbers are always YAML", impossible);
        }
    }

    private static Map<String, Object> spec(MailDomainSpec from) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("domain", from.domain());
        if (from.mode() != Mode.Manage) {
            spec.put("mode", from.mode().name());
        }
        if (!from.credentials().equals(Credentials.ofDefaultAccount())) {
            spec.put("credentials", credentials(from.credentials()));
        }
        spec.put("zone", Map.of("policy", from.zone().policy().name()));
        from.wantedSubaddressing().ifPresent(on -> spec.put("subaddressing", on));
        if (from.conflictPolicy() != ConflictPolicy.Refuse) {
            spec.put("conflictPolicy", from.conflictPolicy().name());
        }
        if (!from.rules().isEmpty()) {
            spec.put("rules", from.rules().stream().map(ManifestText::rule).collect(Collectors.toList()));
        }
        return spec;
    }

    private static Map<String, Object> credentials(Credentials from) {
        return from.wantedSecret()
                .<Map<String, Object>>map(secret -> Map.of("secretRef", Map.of("name", secret.name())))
                .orElseGet(() -> Map.of(
                        "accountRef",
                        Map.of(
                                "name",
                                from.wantedAccount().map(AccountRef::name).orElse(AccountRef.DEFAULT_NAME))));
    }

    private static Map<String, Object> rule(MailRule from) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("address", from.address());
        rule.put("action", action(from.action()));
        if (!from.enabled()) {
            rule.put("enabled", false);
        }
        from.wantedPriority().ifPresent(priority -> rule.put("priority", priority));
        return rule;
    }

    private static Map<String, Object> action(Action from) {
        return from.wantedForwardTo()
                .<Map<String, Object>>map(address -> Map.of("forwardTo", address))
                .or(() -> from.wantedWorker().map(worker -> Map.of("worker", worker)))
                .orElseGet(() -> Map.of("drop", true));
    }

    private static Map<String, Object> spec(CatchAllRule from) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("domainRef", Map.of("name", from.getSpec().domainRef().name()));
        spec.put("action", action(from.getSpec().action()));
        if (!from.getSpec().enabled()) {
            spec.put("enabled", false);
        }
        return spec;
    }
}
