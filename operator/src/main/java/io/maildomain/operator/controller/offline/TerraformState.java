package io.maildomain.operator.controller.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.operator.controller.offline.plan.Export;
import io.maildomain.operator.controller.offline.plan.Exported;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a Terraform state an import has taken up, and how Terraform forgets it without destroying it. Only domains that the
 * operator manages from now on: what is only observed stays where it is kept.
 */
public final class TerraformState {

    private static final String INSTANCE_KEY = "\\[(?:\\d+|\"(?:[^\"\\\\]|\\\\.)*\")\\]";

    private static final String RULE = "cloudflare_email_routing_rule";
    private static final String CATCH_ALL = "cloudflare_email_routing_catch_all";
    private static final String RECORDS = "cloudflare_email_routing_dns";
    private static final Set<String> TYPES = Set.of(RULE, CATCH_ALL, RECORDS, "cloudflare_email_routing_settings");

    /** By the ids of their zones. */
    private final Map<String, Exported> imported = new HashMap<>();

    private final Set<String> edited = new HashSet<>();

    private final Map<String, Instances> resources = new LinkedHashMap<>();

    /**
     * The addresses of a resource's instances.
     *
     * @param going what the operator has from now on
     * @param staying each with the reason
     */
    private record Instances(List<String> going, Map<String, String> staying) {}

    private TerraformState(Collection<Exported> imported, Collection<Exported> edited) {
        imported.forEach(each -> this.imported.put(each.seen().zone().id(), each));
        edited.forEach(each -> this.edited.add(each.seen().zone().id()));
    }

    /** Whether it is what {@code terraform show -json} prints of a state: a saved plan is none, nor is the file of the state itself. */
    public static boolean isOne(JsonNode state) {
        return state.path("format_version").isTextual()
                && state.path("values").path("root_module").isObject();
    }

    /**
     * A file for Terraform 1.7 or newer: {@code removed} blocks, and as comments the commands for what has no block of its own. What
     * stays in Terraform is named.
     *
     * @param state what {@code terraform show -json} prints, {@link #isOne}
     * @param imported whose manifests say what stands
     * @param edited whose manifests say something else
     */
    public static String removed(JsonNode state, Collection<Exported> imported, Collection<Exported> edited) {
        TerraformState terraform = new TerraformState(imported, edited);
        terraform.sort(state.path("values").path("root_module"));
        return terraform.text();
    }

    private void sort(JsonNode module) {
        for (JsonNode resource : module.path("resources")) {
            if (resource.path("mode").asText("managed").equals("managed")) {
                sortResource(resource);
            }
        }
        module.path("child_modules").forEach(this::sort);
    }

    private void sortResource(JsonNode resource) {
        String address = resource.path("address").asText("");
        String type = resource.path("type").asText("");
        if (TYPES.contains(type)) {
            Instances instances = resources.computeIfAbsent(
                    address.replaceAll(INSTANCE_KEY, ""),
                    key -> new Instances(new ArrayList<>(), new LinkedHashMap<>()));
            whyItStays(type, resource.path("values"))
                    .ifPresentOrElse(
                            why -> instances.staying().put(address, why),
                            () -> instances.going().add(address));
        }
    }

    /** Empty where the operator has it from now on. */
    private Optional<String> whyItStays(String type, JsonNode values) {
        String zone = values.path("zone_id").asText("");
        Exported exported = imported.get(zone);
        if (edited.contains(zone)) {
            return Optional.of(
                    "the file of its domain says something else than what stands now: see whether it is to be"
                            + " written anew, with --overwrite");
        }
        if (exported == null) {
            return Optional.of("its zone was not imported");
        }
        if (!exported.manages()) {
            return Optional.of(
                    "the operator only observes " + exported.seen().zone().name());
        }
        if (type.equals(RULE)) {
            return unsaid(exported.ruleIds().contains(values.path("id").asText("")));
        }
        if (type.equals(CATCH_ALL)) {
            return unsaid(exported.catchAll().isPresent());
        }
        return type.equals(RECORDS) ? unserved(exported, host(exported, values)) : Optional.empty();
    }

    private static Optional<String> unsaid(boolean said) {
        return said ? Optional.empty() : Optional.of("the manifest does not say it");
    }

    /** The host whose records they are; the domain itself where none is named. */
    private static String host(Exported exported, JsonNode values) {
        String zone = exported.seen().zone().name();
        String name = Stream.of("name", "subdomain")
                .map(field -> values.path(field).asText("").toLowerCase(Locale.ROOT))
                .filter(given -> !given.isEmpty())
                .findFirst()
                .orElse(zone);
        return name.equals(zone) || name.endsWith("." + zone) ? name : name + "." + zone;
    }

    /** Cloudflare has no list of subdomains, so an import cannot know of one without a rule: nothing would keep its records. */
    private static Optional<String> unserved(Exported exported, String host) {
        MailDomainSpec spec = exported.domain().getSpec();
        return host.equals(spec.domain())
                        || Export.desired(spec).subdomainHosts().contains(host)
                ? Optional.empty()
                : Optional.of("the manifest does not name " + host + ", so add it to spec.subdomains first");
    }

    private String text() {
        if (resources.values().stream().allMatch(instances -> instances.going().isEmpty())) {
            return "# Nothing in this state is the operator's now: take nothing out of your configuration.\n";
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "# What the operator has now: Terraform forgets it and destroys nothing. Take these resources, and no others, out\n");
        text.append("# of your configuration in the same change.\n");
        resources.forEach((resource, instances) -> {
            if (!instances.going().isEmpty() && instances.staying().isEmpty()) {
                text.append("\nremoved {\n  from = ")
                        .append(resource)
                        .append("\n\n  lifecycle {\n    destroy = false\n  }\n}\n");
            }
        });
        resources.values().stream()
                .filter(instances -> !instances.staying().isEmpty())
                .flatMap(instances -> instances.going().stream())
                .forEach(address -> text.append('\n')
                        .append(ManifestText.comment("terraform state rm '" + address.replace("'", "'\\''") + "'"))
                        .append('\n'));
        resources.values().forEach(instances -> instances.staying().forEach((address, why) -> text.append('\n')
                .append(ManifestText.comment("stays in Terraform, do not take it out: " + address + ": " + why))
                .append('\n')));
        return text.toString();
    }
}
