package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.TokenDeployClient.unless;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.operator.cloudflare.deploy.Bucket;
import io.maildomain.operator.cloudflare.deploy.BucketsApi;
import java.util.Optional;

/** {@link BucketsApi} with one token and one account. */
record TokenBuckets(CallExecutor executor, String accountId) implements BucketsApi {
    @Override
    public Optional<Bucket> bucket(String name, String jurisdiction) {
        if (!jurisdiction.matches("[a-z-]{0,32}")) {
            throw new IllegalArgumentException("a jurisdiction is a word of lower-case letters");
        }
        ApiRequest plain = ApiRequest.to(CloudflareCall.GET_BUCKET, accountId, name);
        ApiRequest request =
                Bucket.isUsual(jurisdiction) ? plain : plain.withHeader("cf-r2-jurisdiction", jurisdiction);
        return unless(
                () -> executor.ask(request, node -> bucket(node, name, jurisdiction)),
                CloudflareError.BUCKET_NOT_FOUND);
    }

    private static Bucket bucket(JsonNode node, String name, String jurisdiction) {
        Fields bucket = new Fields(node);
        Translation.require(bucket.text("name").equals(name), "a bucket is not the one that was asked for");
        return new Bucket(name, jurisdiction, bucket.words("location"));
    }
}
