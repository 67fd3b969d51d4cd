package io.maildomain.simulator.r2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Bucket;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Platform;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The operations on R2 buckets. Each jurisdiction has buckets of its own, and is named by a header. */
public final class BucketOperations {

    private static final String ALL = "/accounts/{account_id}/r2/buckets";
    private static final String ONE = ALL + "/{bucket_name}";
    private static final Set<String> JURISDICTIONS = Set.of(Bucket.DEFAULT_JURISDICTION, "eu", "fedramp");
    private static final String NAME = "name";

    private BucketOperations() {}

    public static List<Route> routes() {
        Guard read = Guard.account(Right.read(Product.WORKERS_R2_STORAGE));
        Guard edit = Guard.account(Right.edit(Product.WORKERS_R2_STORAGE));
        return new Route.Collector()
                .get(ALL, read, BucketOperations::list)
                .post(ALL, edit, BucketOperations::create)
                .get(ONE, read, call -> Envelope.success(json(existing(call))))
                .delete(ONE, edit, BucketOperations::delete)
                .routes();
    }

    private static String jurisdiction(Call call) {
        String jurisdiction = call.request()
                .header("cf-r2-jurisdiction")
                .map(text -> text.toLowerCase(Locale.ROOT))
                .orElse(Bucket.DEFAULT_JURISDICTION);
        if (!JURISDICTIONS.contains(jurisdiction)) {
            throw new Refusal(400, 10061, "There is no jurisdiction " + jurisdiction + ".");
        }
        return jurisdiction;
    }

    private static Bucket existing(Call call) {
        return call.account()
                .platform()
                .bucket(call.parameter("bucket_name"), jurisdiction(call))
                .orElseThrow(() -> new Refusal(404, 10006, "The specified bucket does not exist."));
    }

    private static Answer list(Call call) {
        String jurisdiction = jurisdiction(call);
        String after = call.query()
                .first("cursor")
                .or(() -> call.query().first("start_after"))
                .orElse("");
        String part = call.query().first("name_contains").orElse("");
        List<Bucket> found = call.account().platform().buckets().stream()
                .filter(bucket -> bucket.jurisdiction().equals(jurisdiction))
                .filter(bucket -> bucket.name().contains(part) && bucket.name().compareTo(after) > 0)
                .sorted(Comparator.comparing(Bucket::name))
                .toList();
        int most = Paging.of(call.query(), 1, 20, 1_000).perPage();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode buckets = result.putArray("buckets");
        found.stream().limit(most).forEach(bucket -> buckets.add(json(bucket)));
        ObjectNode answer = (ObjectNode) Envelope.success(result).json();
        ObjectNode info = answer.putObject("result_info").put("per_page", most);
        if (found.size() > most) {
            info.put("cursor", found.get(most - 1).name());
        }
        return Answer.json(200, answer);
    }

    private static Answer create(Call call) {
        JsonNode body = call.object();
        String name = body.path(NAME).asText();
        if (!name.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")) {
            throw new Refusal(400, 10005, "The specified bucket name is not valid.");
        }
        Account account = call.account();
        Platform platform = account.platform();
        if (platform.bucket(name, jurisdiction(call)).isPresent()) {
            throw new Refusal(409, 10004, "The bucket you tried to create already exists, and you own it.");
        }
        Bucket bucket = new Bucket(
                name,
                jurisdiction(call),
                body.path("locationHint").asText("WEUR").toUpperCase(Locale.ROOT),
                body.path("storageClass").asText(null),
                call.now());
        call.world().put(account.withPlatform(platform.withBuckets(Lists.with(platform.buckets(), bucket))));
        return Envelope.success(json(bucket));
    }

    private static Answer delete(Call call) {
        Bucket gone = existing(call);
        Account account = call.account();
        Platform platform = account.platform();
        call.world().put(account.withPlatform(platform.withBuckets(Lists.without(platform.buckets(), gone::equals))));
        return Envelope.success(JsonNodeFactory.instance.objectNode());
    }

    private static ObjectNode json(Bucket bucket) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(NAME, bucket.name())
                .put("creation_date", bucket.creationDate().toString())
                .put("location", bucket.location())
                .put("storage_class", bucket.storageClass())
                .put("jurisdiction", bucket.jurisdiction());
    }
}
