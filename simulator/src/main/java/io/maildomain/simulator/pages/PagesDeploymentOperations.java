package io.maildomain.simulator.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.multipart.Multipart;
import io.maildomain.simulator.multipart.Part;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.PagesDeployment;
import io.maildomain.simulator.state.PagesProject;
import io.maildomain.simulator.state.StateJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The operations on a project's deployments. */
public final class PagesDeploymentOperations {

    private static final String DEPLOYMENTS = Projects.ONE + "/deployments";
    private static final String DEPLOYMENT = DEPLOYMENTS + "/{deployment_id}";
    private static final Set<String> TRIGGER = Set.of("branch", "commit_hash", "commit_message", "commit_dirty");
    private static final String BRANCH = "branch";

    private PagesDeploymentOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(DEPLOYMENTS, Projects.READ, PagesDeploymentOperations::list)
                .post(DEPLOYMENTS, Projects.EDIT, PagesDeploymentOperations::create)
                .get(DEPLOYMENT, Projects.READ, PagesDeploymentOperations::show)
                .delete(DEPLOYMENT, Projects.EDIT, PagesDeploymentOperations::delete)
                .post(DEPLOYMENT + "/rollback", Projects.EDIT, PagesDeploymentOperations::rollback)
                .get(DEPLOYMENT + "/history/logs", Projects.READ, PagesDeploymentOperations::logs)
                .routes();
    }

    private static Answer list(Call call) {
        PagesProject project = Projects.existing(call);
        Optional<String> environment = call.query().first("env");
        List<PagesDeployment> newestFirst = new ArrayList<>(project.deployments().stream()
                .filter(deployment ->
                        environment.map(deployment.environment()::equals).orElse(true))
                .toList());
        Collections.reverse(newestFirst);
        return Paging.of(call.query(), 1, 25, 100)
                .answer(newestFirst, deployment -> PagesJson.deployment(project, deployment));
    }

    private static PagesDeployment existing(Call call, PagesProject project) {
        return project.deployment(call.parameter("deployment_id"))
                .orElseThrow(() -> new Refusal(404, 8000009, "The deployment does not exist."));
    }

    private static Answer show(Call call) {
        PagesProject project = Projects.existing(call);
        return Envelope.success(PagesJson.deployment(project, existing(call, project)));
    }

    private static Answer create(Call call) {
        PagesProject project = Projects.existing(call);
        List<Part> parts = Multipart.of(call.request());
        SortedMap<String, String> files = files(project, parts);
        Map<String, String> trigger = new TreeMap<>();
        List<String> functions = new ArrayList<>();
        for (Part part : parts) {
            if (TRIGGER.contains(part.name())) {
                trigger.put(part.name(), part.text());
            } else if (part.name().startsWith("_worker") || part.name().equals("_routes.json")) {
                functions.add(part.name());
            }
        }
        trigger.putIfAbsent(BRANCH, project.productionBranch());
        PagesDeployment deployment = new PagesDeployment(
                null,
                trigger.get(BRANCH).equals(project.productionBranch()) ? "production" : "preview",
                call.now(),
                trigger,
                files,
                functions,
                misfits(project, files),
                null);
        Projects.put(call, project.withDeployments(Lists.with(project.deployments(), deployment)));
        return Envelope.success(PagesJson.deployment(project, deployment));
    }

    private static SortedMap<String, String> files(PagesProject project, List<Part> parts) {
        Part manifest = Multipart.named(parts, "manifest")
                .orElseThrow(() -> new Refusal(400, 8000096, "A \"manifest\" field was expected in the request body."));
        SortedMap<String, String> files = new TreeMap<>();
        try {
            JsonNode json = StateJson.MAPPER.readTree(manifest.text());
            json.properties()
                    .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw Projects.invalid("the manifest is no JSON object");
        }
        files.forEach((path, key) -> {
            if (!project.assets().containsKey(key)) {
                throw Projects.invalid(
                        "the manifest names " + path + " by the key " + key + ", which was not uploaded");
            }
        });
        return files;
    }

    private static List<String> misfits(PagesProject project, SortedMap<String, String> files) {
        return files.entrySet().stream()
                .filter(file -> !AssetKeys.extensionOf(file.getKey())
                        .equals(project.assets().get(file.getValue()).extension()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Answer delete(Call call) {
        PagesProject project = Projects.existing(call);
        PagesDeployment gone = existing(call, project);
        if (project.canonical().filter(gone::equals).isPresent()) {
            throw new Refusal(400, 8000034, "You cannot delete the deployment that is live.");
        }
        Projects.put(call, project.withDeployments(Lists.without(project.deployments(), gone::equals)));
        return Envelope.success(JsonNodeFactory.instance.nullNode());
    }

    /** An older deployment is live again: it becomes the newest. */
    private static Answer rollback(Call call) {
        PagesProject project = Projects.existing(call);
        PagesDeployment wanted = existing(call, project);
        if (!wanted.environment().equals("production")) {
            throw Projects.invalid("only a production deployment can be rolled back to");
        }
        List<PagesDeployment> others = Lists.without(project.deployments(), wanted::equals);
        Projects.put(call, project.withDeployments(Lists.with(others, wanted)));
        return Envelope.success(PagesJson.deployment(project, wanted));
    }

    private static Answer logs(Call call) {
        existing(call, Projects.existing(call));
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("total", 0).put("includes_container_logs", false);
        result.putArray("data");
        return Envelope.success(result);
    }
}
