package io.maildomain.simulator.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.state.PagesDeployment;
import io.maildomain.simulator.state.PagesProject;
import java.util.List;

/** Pages projects and deployments as Cloudflare shows them. */
final class PagesJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NAME = "name";
    private static final String STATUS = "status";
    private static final String DONE = "success";
    private static final String LAST = "deploy";
    private static final List<String> STAGES = List.of("queued", "initialize", "clone_repo", "build", LAST);

    private PagesJson() {}

    static ObjectNode project(PagesProject project) {
        ObjectNode json = NODES.objectNode()
                .put("id", project.id())
                .put(NAME, project.name())
                .put("subdomain", project.subdomain())
                .put("production_branch", project.productionBranch())
                .put("created_on", project.createdOn().toString());
        ArrayNode domains = json.putArray("domains").add(project.subdomain());
        project.domains().forEach(domains::add);
        if (project.deploymentConfigs() == null) {
            ObjectNode configs = json.putObject("deployment_configs");
            configs.putObject("production");
            configs.putObject("preview");
        } else {
            json.set("deployment_configs", project.deploymentConfigs());
        }
        json.putNull("source");
        json.set(
                "canonical_deployment",
                project.canonical()
                        .map(deployment -> deployment(project, deployment))
                        .orElse(null));
        json.set(
                "latest_deployment",
                project.deployments().isEmpty()
                        ? NODES.nullNode()
                        : deployment(
                                project,
                                project.deployments().get(project.deployments().size() - 1)));
        return json;
    }

    static ObjectNode deployment(PagesProject project, PagesDeployment deployment) {
        String time = deployment.createdOn().toString();
        ObjectNode json = NODES.objectNode()
                .put("id", deployment.id())
                .put("short_id", shortId(deployment))
                .put("project_id", project.id())
                .put("project_name", project.name())
                .put("environment", deployment.environment())
                .put("url", "https://" + shortId(deployment) + "." + project.subdomain())
                .put("created_on", time)
                .put("modified_on", time)
                .put("production_branch", project.productionBranch())
                .put("uses_functions", !deployment.functions().isEmpty())
                .put("is_skipped", false);
        ArrayNode aliases = NODES.arrayNode();
        if (!deployment.environment().equals("production")) {
            String branch = deployment.trigger().getOrDefault("branch", "").replaceAll("[^a-z0-9-]", "-");
            aliases.add("https://" + branch + "." + project.subdomain());
        }
        json.set("aliases", aliases.isEmpty() ? NODES.nullNode() : aliases);
        ObjectNode trigger = json.putObject("deployment_trigger").put("type", "ad_hoc");
        trigger.set("metadata", metadata(deployment));
        ArrayNode stages = json.putArray("stages");
        STAGES.forEach(stage -> stages.add(stage(stage, stage.equals(LAST) ? deployment.status() : DONE, time)));
        json.set("latest_stage", stage(LAST, deployment.status(), time));
        json.putObject("build_config");
        json.putObject("env_vars");
        json.putNull("source");
        return json;
    }

    private static ObjectNode metadata(PagesDeployment deployment) {
        return NODES.objectNode()
                .put("branch", deployment.trigger().getOrDefault("branch", ""))
                .put("commit_hash", deployment.trigger().getOrDefault("commit_hash", ""))
                .put("commit_message", deployment.trigger().getOrDefault("commit_message", ""))
                .put(
                        "commit_dirty",
                        deployment.trigger().getOrDefault("commit_dirty", "").equals("true"));
    }

    private static ObjectNode stage(String name, String status, String time) {
        return NODES.objectNode()
                .put(NAME, name)
                .put(STATUS, status)
                .put("started_on", time)
                .put("ended_on", time);
    }

    private static String shortId(PagesDeployment deployment) {
        return deployment.id().substring(0, Math.min(8, deployment.id().length()));
    }

    static ObjectNode domain(PagesProject project, String name) {
        return NODES.objectNode()
                .put("id", project.id())
                .put("domain_id", project.id())
                .put(NAME, name)
                .put(STATUS, "active")
                .put("certificate_authority", "google")
                .put("created_on", project.createdOn().toString())
                .put("zone_tag", "");
    }
}
