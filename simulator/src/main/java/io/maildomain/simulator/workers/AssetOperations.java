package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.multipart.Multipart;
import io.maildomain.simulator.multipart.Part;
import io.maildomain.simulator.uploads.UploadToken;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations on static assets of Workers. Nothing of them is kept but what stands in the tokens: an upload is
 * complete when all files of its session have come in one form.
 */
public final class AssetOperations {

    private static final String SESSION = "assets-session";
    private static final String COMPLETE = "assets-complete";
    private static final String FILES = "files";

    private AssetOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .post(Scripts.ONE + "/assets-upload-session", Scripts.EDIT, AssetOperations::open)
                .post(
                        "/accounts/{account_id}/workers/assets/upload",
                        UploadToken.guard(SESSION),
                        AssetOperations::upload)
                .routes();
    }

    private static Answer open(Call call) {
        ArrayNode bucket = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<String, JsonNode> file : call.object().path("manifest").properties()) {
            String hash = file.getValue().path("hash").asText();
            if (!file.getKey().startsWith("/") || !hash.matches("[0-9a-f]{32}")) {
                throw Scripts.invalid("the manifest's " + file.getKey() + " is no path with a hash of 32 digits");
            }
            bucket.add(hash);
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.set(FILES, bucket);
        result.put("jwt", UploadToken.signed(bucket.isEmpty() ? COMPLETE : SESSION, claims, call.now()));
        ArrayNode buckets = result.putArray("buckets");
        if (!bucket.isEmpty()) {
            buckets.add(bucket);
        }
        return Envelope.success(result);
    }

    private static Answer upload(Call call) {
        Set<String> missing = new HashSet<>();
        UploadToken.claims(call, SESSION).path(FILES).forEach(hash -> missing.add(hash.asText()));
        List<Part> parts = Multipart.of(call.request());
        parts.forEach(part -> missing.remove(part.name()));
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        missing.forEach(claims.putArray(FILES)::add);
        String kind = missing.isEmpty() ? COMPLETE : SESSION;
        Answer answer = Envelope.success(
                JsonNodeFactory.instance.objectNode().put("jwt", UploadToken.signed(kind, claims, call.now())));
        return Answer.json(missing.isEmpty() ? 201 : 202, answer.json());
    }

    /** Refuses a token that does not say that all files have come. */
    static void checkComplete(Call call, String jwt) {
        if (UploadToken.read(jwt, COMPLETE, call.now()).isEmpty()) {
            throw Scripts.invalid("assets.jwt is not the token of a completed upload");
        }
    }
}
