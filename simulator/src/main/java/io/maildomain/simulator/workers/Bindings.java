package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.state.Bucket;
import io.maildomain.simulator.state.Platform;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a version is bound to: read from an upload, checked, and shown. */
final class Bindings {

    static final String SECRET = "secret_text";

    private static final String NAME = "name";
    private static final String TYPE = "type";
    private static final String TEXT = "text";

    private Bindings() {}

    /**
     * The bindings of an upload, with those that it takes over from the Worker's newest version.
     *
     * @param worker null: the Worker does not exist yet
     * @throws Refusal 400 where one names what is not there
     */
    static List<JsonNode> read(Call call, JsonNode metadata, Worker worker) {
        List<JsonNode> bindings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode binding : metadata.path("bindings")) {
            String name = binding.path(NAME).asText("");
            if (name.isEmpty() || !names.add(name)) {
                throw Scripts.invalid("binding name '" + name + "' is missing or used twice");
            }
            if (binding.path(TYPE).asText().equals("inherit")) {
                inherited(call, binding, worker).ifPresent(bindings::add);
            } else {
                checkTarget(call, binding);
                bindings.add(withoutSecret(binding));
            }
        }
        Set<String> kept = kept(metadata);
        of(worker).stream()
                .filter(old -> kept.contains(old.path(TYPE).asText()))
                .filter(old -> names.add(old.path(NAME).asText()))
                .forEach(bindings::add);
        return bindings;
    }

    /** The kinds that stay without being named. Wrangler says nothing of secrets when it deploys, and they stay. */
    private static Set<String> kept(JsonNode metadata) {
        return metadata.hasNonNull("keep_bindings")
                ? new HashSet<>(Upload.texts(metadata.get("keep_bindings")))
                : Set.of(SECRET, "secret_key");
    }

    private static Optional<JsonNode> inherited(Call call, JsonNode binding, Worker worker) {
        String name = binding.path(NAME).asText();
        String oldName = binding.path("old_name").asText(name);
        Optional<JsonNode> old = of(worker).stream()
                .filter(known -> known.path(NAME).asText().equals(oldName))
                .findFirst();
        if (old.isEmpty()
                && call.query()
                        .first("bindings_inherit")
                        .filter("strict"::equals)
                        .isPresent()) {
            throw new Refusal(
                    400,
                    10057,
                    "binding '" + name + "' cannot be inherited: there is no binding '" + oldName
                            + "' in the previous version");
        }
        return old.map(known -> ((ObjectNode) known.deepCopy()).put(NAME, name));
    }

    private static List<JsonNode> of(Worker worker) {
        return worker == null
                ? List.of()
                : worker.newestVersion().map(WorkerVersion::bindings).orElse(List.of());
    }

    private static void checkTarget(Call call, JsonNode binding) {
        Platform platform = call.account().platform();
        String name = binding.path(NAME).asText();
        switch (binding.path(TYPE).asText()) {
            case "d1" -> {
                String id =
                        binding.path("id").asText(binding.path("database_id").asText());
                if (platform.databases().stream()
                        .noneMatch(database -> database.uuid().equals(id))) {
                    throw new Refusal(
                            400,
                            10181,
                            "D1 binding '" + name + "' references database '" + id + "' which was not found");
                }
            }
            case "r2_bucket" -> {
                String bucket = binding.path("bucket_name").asText();
                String where = binding.path("jurisdiction").asText(Bucket.DEFAULT_JURISDICTION);
                if (platform.bucket(bucket, where).isEmpty()) {
                    throw new Refusal(
                            400,
                            10085,
                            "R2 bucket '" + bucket + "' not found. Please use a different name and try again.");
                }
            }
            case "service" -> {
                String service = binding.path("service").asText();
                if (!service.equals(Scripts.name(call))
                        && call.account().worker(service).isEmpty()) {
                    throw new Refusal(
                            400,
                            10144,
                            "Could not resolve service binding '" + name + "'. Target script '" + service
                                    + "' not found");
                }
            }
            case "" -> throw Scripts.invalid("binding '" + name + "' has no type");
            default -> {
                // What else there is lies in products that are not simulated.
            }
        }
    }

    /** A secret as it is kept: with a digest of its text, so that a test can tell whether it is the one that was meant. */
    static ObjectNode secret(String name, String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(NAME, name)
                .put(TYPE, SECRET)
                .put("sha256", Digests.sha256(text));
    }

    private static JsonNode withoutSecret(JsonNode binding) {
        if (binding.path(TYPE).asText().equals(SECRET)) {
            return secret(binding.path(NAME).asText(), binding.path(TEXT).asText());
        }
        return binding.deepCopy();
    }

    /** A binding as Cloudflare shows it: nothing of a secret but its name. */
    static JsonNode shown(JsonNode binding) {
        return isSecret(binding) ? ((ObjectNode) binding.deepCopy()).without("sha256") : binding;
    }

    static boolean isSecret(JsonNode binding) {
        return binding.path(TYPE).asText().equals(SECRET);
    }

    /** Whether a version is bound to the Worker of that name. */
    static boolean nameWorker(WorkerVersion version, String worker) {
        return version.bindings().stream()
                .anyMatch(binding -> binding.path(TYPE).asText().equals("service")
                        && binding.path("service").asText().equals(worker));
    }
}
