package io.maildomain.operator.controller.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.operator.controller.offline.plan.Exported;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a Terraform state an import has taken up, and how Terraform forgets it without destroying it. Only domains that the
 * operator manages from now on: what is only observed stays where it is kept.
 */
public final class TerraformState {

    private static final String INSTANCE_KEY = "\\[(?:\\d+|\"(?:[^\"\\\\]|\\\\.)*\")\\]";

    private static final String RULE = "cloudflare_email_routing_rule";
    private static final String CATCH_ALL = "cloudflare_email_routing_catch_all";
    private static final Set<String> OF_ZONE =
            Set.of("cloudflare_email_routing_settings", "cloudflare_email_routing_dns");

    private final Set<String> rules = new HashSet<>();
    private final Set<String> zones = new HashSet<>();
    private final Set<String> catchAlls = new HashSet<>();

    /** Each resource with the addresses of its instances: those that are to go, and those that stay. */
    private final Map<String, Instances> resources = new LinkedHashMap<>();

    private record Instances(List<String> going, List<String> staying) {}

    private TerraformState(Collection<Exported> imported) {
        imported.stream().filter(Exported::manages).forEach(each -> {
            String zone = each.seen().zone().id();
            zones.add(zone);
            rules.addAll(each.ruleIds());
            each.catchAll().ifPresent(rule -> catchAlls.add(zone));
        });
    }

    /**
     * A file for Terraform 1.7 or newer: {@code removed} blocks, and as comments the commands for what has no block of its own.
     *
     * @param state what {@code terraform show -json} prints
     */
    public static String removed(JsonNode state, Collection<Exported> imported) {
        TerraformState terraform = new TerraformState(imported);
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
        if (type.equals(RULE) || type.equals(CATCH_ALL) || OF_ZONE.contains(type)) {
            Instances instances = resources.computeIfAbsent(
                    address.replaceAll(INSTANCE_KEY, ""), key -> new Instances(new ArrayList<>(), new ArrayList<>()));
            (isImported(type, resource.path("values")) ? instances.going() : instances.staying()).add(address);
        }
    }

    private boolean isImported(String type, JsonNode values) {
        String zone = values.path("zone_id").asText("");
        if (type.equals(RULE)) {
            return rules.contains(values.path("id").asText(""));
        }
        return type.equals(CATCH_ALL) ? catchAlls.contains(zone) : zones.contains(zone);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                "# What the operator has now: Terraform forgets it and destroys nothing. Take the resources themselves out of your\n");
        text.append("# configuration in the same change.\n");
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
        return text.toString();
    }
}
