package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.operator.cloudflare.deploy.Binding;
import io.maildomain.operator.cloudflare.deploy.TrafficShare;
import io.maildomain.operator.cloudflare.deploy.WorkerDeployment;
import io.maildomain.operator.cloudflare.deploy.WorkerSettings;
import io.maildomain.operator.cloudflare.deploy.WorkerVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** From what Cloudflare answers about Workers to values. What is missing or malformed is a {@link BadAnswer}. */
final class WorkersTranslation {
    private static final String NAME = "name";
    private static final String TYPE = "type";

    private WorkersTranslation() {}

    /** The id of what an answer is about. */
    static String uuid(JsonNode node, String field, String what) {
        String id = new Fields(node).text(field);
        Translation.require(PathPlace.UUID.fits(id), what + " has no well-formed id");
        return id;
    }

    /** Those that can be read: an odd one of another user's hides none. */
    static <T> List<T> list(JsonNode result, Function<JsonNode, T> translate) {
        Translation.require(result.isArray(), "the result is no list");
        List<JsonNode> nodes = new ArrayList<>();
        result.forEach(nodes::add);
        List<T> readable = Translation.readable(nodes, translate);
        Translation.require(nodes.isEmpty() || !readable.isEmpty(), "nothing of the list can be read");
        return List.copyOf(readable);
    }

    /** The first of them is what serves, and must be understood; an older one that is odd hides none. */
    static List<WorkerDeployment> deployments(JsonNode result) {
        List<JsonNode> nodes = listIn(result, "deployments");
        if (nodes.isEmpty()) {
            return List.of();
        }
        List<WorkerDeployment> deployments = new ArrayList<>();
        deployments.add(deployment(nodes.get(0)));
        deployments.addAll(Translation.readable(nodes.subList(1, nodes.size()), WorkersTranslation::deployment));
        return deployments;
    }

    private static List<JsonNode> listIn(JsonNode result, String name) {
        Translation.require(result.path(name).isArray(), "the answer has no list of " + name);
        return new Fields(result).list(name);
    }

    private static WorkerDeployment deployment(JsonNode node) {
        Fields deployment = new Fields(node);
        List<TrafficShare> shares = deployment.list("versions").stream()
                .map(WorkersTranslation::share)
                .toList();
        Translation.require(!shares.isEmpty(), "a Worker's deployment has no versions");
        return new WorkerDeployment(
                uuid(node, "id", "a Worker's deployment"),
                time(deployment, "a Worker's deployment"),
                deployment.words("source"),
                deployment.words("author_email"),
                deployment.object("annotations").words(DeployJson.MESSAGE),
                shares);
    }

    private static TrafficShare share(JsonNode node) {
        JsonNode percentage = node.path("percentage");
        double part = percentage.isNumber() ? percentage.doubleValue() : -1;
        Translation.require(part >= 0 && part <= 100, "a version's part of a deployment is no percentage");
        return new TrafficShare(uuid(node, "version_id", "a Worker's version"), part);
    }

    private static Instant time(Fields node, String what) {
        Instant createdOn = node.time("created_on");
        if (createdOn == null) {
            throw new BadAnswer(what + " has no created_on");
        }
        return createdOn;
    }

    static List<WorkerVersion> versions(JsonNode result) {
        return list(result.path("items"), WorkersTranslation::version);
    }

    /** The version that was asked for. */
    static WorkerVersion version(JsonNode node, String id) {
        WorkerVersion version = version(node);
        Translation.require(version.id().equals(id), "a Worker's version is not the one that was asked for");
        return version;
    }

    private static WorkerVersion version(JsonNode node) {
        Fields version = new Fields(node);
        Fields metadata = version.object("metadata");
        Fields annotations = version.object("annotations");
        return new WorkerVersion(
                uuid(node, "id", "a Worker's version"),
                version.count("number"),
                time(metadata, "a Worker's version"),
                metadata.words("source"),
                metadata.words("author_email"),
                annotations.words(DeployJson.TAG),
                annotations.words(DeployJson.MESSAGE));
    }

    static WorkerSettings settings(JsonNode node) {
        List<Binding> bindings = listIn(node, "bindings").stream()
                .map(WorkersTranslation::binding)
                .toList();
        Fields settings = new Fields(node);
        return new WorkerSettings(bindings, settings.text("compatibility_date"), settings.texts("compatibility_flags"));
    }

    private static Binding binding(JsonNode node) {
        Fields binding = new Fields(node);
        String name = binding.text(NAME);
        String type = binding.text(TYPE);
        Translation.require(!name.isEmpty() && !type.isEmpty(), "a binding has no name or no type");
        return new Binding(name, type, RowsTranslation.values(node, NAME, TYPE));
    }

    static List<String> secretNames(JsonNode result) {
        Translation.require(result.isArray(), "the secrets of a Worker are no list");
        List<String> names = new ArrayList<>();
        for (JsonNode secret : result) {
            String name = new Fields(secret).text(NAME);
            Translation.require(!name.isEmpty(), "a secret has no name");
            names.add(name);
        }
        return List.copyOf(names);
    }
}
