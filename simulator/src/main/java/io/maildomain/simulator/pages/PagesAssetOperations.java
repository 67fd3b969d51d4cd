package io.maildomain.simulator.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.PagesProject;
import io.maildomain.simulator.uploads.UploadToken;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The uploading of files by key, with a token of its own. */
public final class PagesAssetOperations {

    private static final String KIND = "pages-assets";
    private static final int MOST_FILES = 20_000;
    private static final String HASHES = "hashes";

    private PagesAssetOperations() {}

    public static List<Route> routes() {
        Guard upload = UploadToken.guard(KIND);
        return new Route.Collector()
                .get(Projects.ONE + "/upload-token", Projects.EDIT, PagesAssetOperations::token)
                .post("/pages/assets/check-missing", upload, PagesAssetOperations::missing)
                .post("/pages/assets/upload", upload, PagesAssetOperations::upload)
                .post("/pages/assets/upsert-hashes", upload, PagesAssetOperations::upsert)
                .routes();
    }

    private static Answer token(Call call) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("account_id", call.account().id())
                .put("project_name", Projects.existing(call).name())
                .put("max_file_count_allowed", MOST_FILES)
                .put(UploadToken.ASKED_BY, call.token().name());
        return Envelope.success(
                JsonNodeFactory.instance.objectNode().put("jwt", UploadToken.signed(KIND, claims, call.now())));
    }

    private static Account account(Call call) {
        return call.world()
                .account(UploadToken.claims(call, KIND).path("account_id").asText())
                .orElseThrow(Refusals::authenticationError);
    }

    private static PagesProject project(Call call) {
        return Projects.existing(
                account(call),
                UploadToken.claims(call, KIND).path("project_name").asText());
    }

    private static Answer missing(Call call) {
        PagesProject project = project(call);
        ArrayNode missing = JsonNodeFactory.instance.arrayNode();
        call.object().path(HASHES).forEach(hash -> {
            if (!project.assets().containsKey(hash.asText())) {
                missing.add(hash);
            }
        });
        return Envelope.success(missing);
    }

    private static Answer upload(Call call) {
        PagesProject project = project(call);
        SortedMap<String, PagesProject.Asset> assets = new TreeMap<>(project.assets());
        int successful = 0;
        for (JsonNode file : call.array()) {
            String key = file.path("key").asText();
            String base64 = file.path("value").asText();
            if (!key.matches("[0-9a-f]{32}") || !file.path("base64").asBoolean()) {
                throw Projects.invalid("a file needs a key of 32 digits and its value in base64");
            }
            assets.put(
                    key,
                    asset(key, base64, file.path("metadata").path("contentType").asText()));
            successful++;
        }
        if (assets.size() > MOST_FILES) {
            throw Projects.invalid("a project has at most " + MOST_FILES + " files here");
        }
        Projects.put(call.world(), account(call), project.withAssets(assets));
        return Envelope.success(JsonNodeFactory.instance
                .objectNode()
                .put("successful_key_count", successful)
                .set("unsuccessful_keys", JsonNodeFactory.instance.arrayNode()));
    }

    private static PagesProject.Asset asset(String key, String base64, String contentType) {
        try {
            int size = Base64.getDecoder().decode(base64).length;
            return new PagesProject.Asset(
                    contentType,
                    size,
                    AssetKeys.extension(key, base64, contentType).orElse(null));
        } catch (IllegalArgumentException e) {
            throw Projects.invalid("the value of " + key + " is no base64");
        }
    }

    /** Notes that the files are in use; nothing here forgets one that is not. */
    private static Answer upsert(Call call) {
        project(call);
        return Envelope.success(BooleanNode.TRUE);
    }
}
