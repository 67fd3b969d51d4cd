package io.maildomain.simulator.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.multipart.Multipart;
import io.maildomain.simulator.multipart.Part;
import io.maildomain.simulator.state.StateJson;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is uploaded to a Worker: a form of metadata and modules, or, as of old, a script as it is. */
record Upload(JsonNode metadata, List<Part> modules) {

    private static final String METADATA = "metadata";
    private static final String MAIN_MODULE = "main_module";

    /**
     * Reads an upload.
     *
     * @throws Refusal 400 where it is none
     */
    static Upload of(Call call) {
        if (!Multipart.isSent(call.request())) {
            return new Upload(
                    JsonNodeFactory.instance.objectNode().put(MAIN_MODULE, "worker.js"),
                    List.of(new Part(
                            "worker.js",
                            "worker.js",
                            "application/javascript+module",
                            call.request().body())));
        }
        List<Part> parts = Multipart.of(call.request());
        Part metadata = Multipart.named(parts, METADATA)
                .orElseThrow(() -> Scripts.invalid("the part 'metadata' is missing in the upload"));
        List<Part> modules = new ArrayList<>(parts);
        modules.remove(metadata);
        return new Upload(json(metadata), modules);
    }

    private static JsonNode json(Part metadata) {
        try {
            JsonNode json = StateJson.MAPPER.readTree(metadata.content());
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // said below
        } catch (java.io.IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
        throw Scripts.invalid("the part 'metadata' is no JSON object");
    }

    /**
     * The version that it makes.
     *
     * @param worker null: the Worker does not exist yet
     * @throws Refusal 400 where something in it names what is not there
     */
    WorkerVersion version(Call call, Worker worker) {
        Author author = Author.of(call);
        String main =
                metadata.path(MAIN_MODULE).asText(metadata.path("body_part").asText(""));
        boolean assets = metadata.path("assets").path("jwt").isTextual();
        if (modules.stream().noneMatch(module -> moduleName(module).equals(main)) && !(assets && main.isEmpty())) {
            throw Scripts.invalid(
                    main.isEmpty() ? "the metadata names no main_module" : "No such module \"" + main + "\".");
        }
        if (assets) {
            AssetOperations.checkComplete(
                    call, metadata.path("assets").path("jwt").asText());
        }
        return new WorkerVersion(
                null,
                0,
                call.now(),
                author.source(),
                author.email(),
                annotations(),
                main,
                modules.stream().map(Upload::module).toList(),
                Bindings.read(call, metadata, worker),
                metadata.path("compatibility_date").asText(""),
                texts(metadata.path("compatibility_flags")),
                assets);
    }

    /** SDKs send all modules as parts of one name, told apart by their file names. */
    private static String moduleName(Part part) {
        return part.fileName().isEmpty() ? part.name() : part.fileName();
    }

    private static WorkerVersion.Module module(Part part) {
        return new WorkerVersion.Module(
                moduleName(part), part.contentType(), part.content().length, Digests.sha256(part.content()));
    }

    Map<String, String> annotations() {
        Map<String, String> annotations = new TreeMap<>();
        metadata.path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
