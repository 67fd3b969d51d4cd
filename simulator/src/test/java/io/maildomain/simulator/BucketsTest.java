package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class BucketsTest extends SimulatorTestCase {

    private final String buckets = "/accounts/" + simulator.accountId() + "/r2/buckets";

    @Test
    void aBucketIsCreatedShownListedAndDeleted() {
        assertThat(owner.get(buckets + "/mail-bucket").refusal()).isEqualTo("404/10006");
        JsonNode created = owner.post(buckets, "{\"name\": \"mail-bucket\"}").result();
        assertThat(created.path("storage_class").asText()).isEqualTo("Standard");
        assertThat(owner.get(buckets + "/mail-bucket").result()).isEqualTo(created);
        assertThat(owner.post(buckets, "{\"name\": \"mail-bucket\"}").refusal()).isEqualTo("409/10004");
        assertThat(owner.post(buckets, "{\"name\": \"Mail\"}").refusal()).isEqualTo("400/10005");
        assertThat(owner.get(buckets).result().path("buckets")).hasSize(1);
        assertThat(owner.delete(buckets + "/mail-bucket").status()).isEqualTo(200);
        assertThat(owner.get(buckets).result().path("buckets")).isEmpty();
    }

    @Test
    void eachJurisdictionHasBucketsOfItsOwn() {
        assertThat(in("eu", "POST", buckets, "{\"name\": \"mail-bucket\"}").status())
                .isEqualTo(200);
        assertThat(owner.get(buckets + "/mail-bucket").refusal()).isEqualTo("404/10006");
        assertThat(in("eu", "GET", buckets + "/mail-bucket", null)
                        .result()
                        .path("jurisdiction")
                        .asText())
                .isEqualTo("eu");
        assertThat(in("eu", "GET", buckets, null).result().path("buckets")).hasSize(1);
        assertThat(in("mars", "GET", buckets, null).status()).isEqualTo(400);
    }

    @Test
    void aListGoesOnBehindItsCursor() {
        for (String name : new String[] {"aaa", "bbb", "ccc"}) {
            owner.post(buckets, "{\"name\": \"" + name + "\"}");
        }
        JsonNode first = owner.get(buckets + "?per_page=2").json();
        assertThat(first.at("/result/buckets")).hasSize(2);
        JsonNode second = owner.get(buckets + "?per_page=2&cursor="
                        + first.at("/result_info/cursor").asText())
                .json();
        assertThat(second.at("/result/buckets/0/name").asText()).isEqualTo("ccc");
        assertThat(second.at("/result_info").has("cursor")).isFalse();
    }

    private Reply in(String jurisdiction, String method, String path, String body) {
        return Client.exchange(owner.request(method, path, body)
                .header("Authorization", "Bearer " + owner.token())
                .header("cf-r2-jurisdiction", jurisdiction));
    }
}
