package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerDeployment;
import io.maildomain.simulator.state.WorkerVersion;
import java.util.Map;
import java.util.stream.Collectors;

/** Workers, their versions and deployments as Cloudflare shows them. */
final class ScriptJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ANNOTATIONS = "annotations";
    private static final String AUTHOR_EMAIL = "author_email";
    private static final String CREATED_ON = "created_on";
    private static final String SOURCE = "source";

    private ScriptJson() {}

    static ObjectNode script(Worker worker) {
        ObjectNode json = NODES.objectNode()
                .put("id", worker.name())
                .put("tag", worker.tag())
                .put("etag", worker.servingVersion().map(ScriptJson::etag).orElse(worker.tag()))
                .put(CREATED_ON, worker.createdOn().toString())
                .put("modified_on", worker.modifiedOn().toString())
                .put("usage_model", "standard")
                .put("last_deployed_from", worker.deployedFrom())
                .put("logpush", worker.settings().logpush())
                .put("has_modules", true)
                .put(
                        "has_assets",
                        worker.servingVersion().filter(WorkerVersion::hasAssets).isPresent());
        json.putArray("handlers").add("email").add("fetch");
        ArrayNode tags = json.putArray("tags");
        worker.settings().tags().forEach(tags::add);
        if (worker.settings().observability() != null) {
            json.set("observability", worker.settings().observability());
        }
        worker.servingVersion().filter(v -> !v.compatibilityDate().isEmpty()).ifPresent(version -> {
            json.put("compatibility_date", version.compatibilityDate());
            version.compatibilityFlags().forEach(json.putArray("compatibility_flags")::add);
        });
        return json;
    }

    /** What is the same as long as the modules are. */
    static String etag(WorkerVersion version) {
        String modules = version.modules().stream()
                .map(module -> module.name() + " " + module.sha256())
                .collect(Collectors.joining("\n"));
        return Digests.sha256(modules.isEmpty() ? version.id() : modules);
    }

    static ObjectNode version(WorkerVersion version) {
        ObjectNode json = NODES.objectNode().put("id", version.id()).put("number", version.number());
        json.putObject("metadata")
                .put(CREATED_ON, version.createdOn().toString())
                .put("modified_on", version.createdOn().toString())
                .put(SOURCE, version.source())
                .put("author_id", Digests.sha256(version.authorEmail()).substring(0, 32))
                .put(AUTHOR_EMAIL, version.authorEmail())
                .put("has_preview", false)
                .put("hasPreview", false);
        json.set(ANNOTATIONS, annotations(version.annotations()));
        return json;
    }

    static ObjectNode versionInFull(WorkerVersion version) {
        ObjectNode json = version(version);
        ObjectNode resources = json.putObject("resources");
        resources.set("bindings", bindings(version));
        ObjectNode script =
                resources.putObject("script").put("etag", etag(version)).put("last_deployed_from", version.source());
        script.putArray("handlers").add("email").add("fetch");
        ObjectNode runtime = resources.putObject("script_runtime").put("usage_model", "standard");
        if (!version.compatibilityDate().isEmpty()) {
            runtime.put("compatibility_date", version.compatibilityDate());
        }
        version.compatibilityFlags().forEach(runtime.putArray("compatibility_flags")::add);
        return json;
    }

    static ArrayNode bindings(WorkerVersion version) {
        ArrayNode bindings = NODES.arrayNode();
        version.bindings().forEach(binding -> bindings.add(Bindings.shown(binding)));
        return bindings;
    }

    static ObjectNode deployment(WorkerDeployment deployment) {
        ObjectNode json = NODES.objectNode()
                .put("id", deployment.id())
                .put(SOURCE, deployment.source())
                .put("strategy", "percentage")
                .put(AUTHOR_EMAIL, deployment.authorEmail())
                .put(CREATED_ON, deployment.createdOn().toString());
        json.set(ANNOTATIONS, annotations(deployment.annotations()));
        ArrayNode versions = json.putArray("versions");
        deployment.versions().forEach(share -> versions.addObject()
                .put("version_id", share.versionId())
                .put("percentage", share.percentage()));
        return json;
    }

    private static ObjectNode annotations(Map<String, String> annotations) {
        ObjectNode json = NODES.objectNode();
        annotations.forEach(json::put);
        return json;
    }
}
