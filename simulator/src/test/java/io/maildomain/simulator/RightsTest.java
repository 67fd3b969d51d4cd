package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Token;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each operation with the one right that opens it, and without. */
class RightsTest extends SimulatorTestCase {

    @ParameterizedTest(name = "{0} {1} needs {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /zones                                          | Zone: Zone: Read                       | 403/0
            POST   | /zones                                          | Zone: Zone: Edit                       | 403/0
            GET    | /zones/Z                                        | Zone: Zone: Read                       | 403/9109
            GET    | /zones/Z                                        | Zone: Zone Settings: Read              | 403/9109
            GET    | /zones/Z                                        | Zone: DNS: Read                        | 403/9109
            PATCH  | /zones/Z                                        | Zone: Zone: Edit                       | 403/9109
            DELETE | /zones/Z                                        | Zone: Zone: Edit                       | 403/9109
            PUT    | /zones/Z/activation_check                       | Zone: Zone: Edit                       | 403/9109
            GET    | /zones/Z/dns_records                            | Zone: DNS: Read                        | 403/10000
            POST   | /zones/Z/dns_records                            | Zone: DNS: Edit                        | 403/10000
            GET    | /zones/Z/email/routing                          | Zone: Zone Settings: Read              | 403/10000
            PATCH  | /zones/Z/email/routing                          | Zone: Zone Settings: Edit              | 403/10000
            POST   | /zones/Z/email/routing/enable                   | Zone: Zone Settings: Edit              | 403/10000
            POST   | /zones/Z/email/routing/disable                  | Zone: Zone Settings: Edit              | 403/10000
            POST   | /zones/Z/email/routing/unlock                   | Zone: Zone Settings: Edit              | 403/10000
            GET    | /zones/Z/email/routing/dns                      | Zone: Zone Settings: Read              | 403/10000
            POST   | /zones/Z/email/routing/dns                      | Zone: Zone Settings: Edit              | 403/10000
            DELETE | /zones/Z/email/routing/dns                      | Zone: Zone Settings: Edit              | 403/10000
            GET    | /zones/Z/email/routing/rules                    | Zone: Email Routing Rules: Read        | 403/10000
            POST   | /zones/Z/email/routing/rules                    | Zone: Email Routing Rules: Edit        | 403/10000
            GET    | /zones/Z/email/routing/rules/catch_all          | Zone: Email Routing Rules: Read        | 403/10000
            PUT    | /zones/Z/email/routing/rules/catch_all          | Zone: Email Routing Rules: Edit        | 403/10000
            GET    | /zones/Z/workers/routes                         | Zone: Workers Routes: Read             | 403/10000
            GET    | /accounts/A                                     | Account: Account Settings: Read        | 403/9109
            GET    | /accounts/A/email/routing/addresses             | Account: Email Routing Addresses: Read | 403/10000
            POST   | /accounts/A/email/routing/addresses             | Account: Email Routing Addresses: Edit | 403/10000
            GET    | /accounts/A/email/routing/rules                 | Zone: Email Routing Rules: Read        | 403/10000
            GET    | /accounts/A/email/routing/zones                 | Zone: Zone Settings: Read              | 403/10000
            GET    | /accounts/A/d1/database                         | Account: D1: Read                      | 403/10000
            GET    | /accounts/A/workers/scripts                     | Account: Workers Scripts: Read         | 403/10000
            GET    | /accounts/A/r2/buckets                          | Account: Workers R2 Storage: Read      | 403/10000
            GET    | /accounts/A/pages/projects                      | Account: Cloudflare Pages: Read        | 403/10000
            POST   | /accounts/A/d1/database                         | Account: D1: Edit                      | 403/10000
            GET    | /accounts/A/d1/database/x/time_travel/bookmark  | Account: D1: Read                      | 403/10000
            POST   | /accounts/A/d1/database/x/query                 | Account: D1: Edit                      | 403/10000
            POST   | /accounts/A/d1/database/x/time_travel/restore   | Account: D1: Edit                      | 403/10000
            POST   | /accounts/A/d1/database/x/import                | Account: D1: Edit                      | 403/10000
            PUT    | /accounts/A/workers/scripts/x                   | Account: Workers Scripts: Edit         | 403/10000
            GET    | /accounts/A/workers/scripts/x/settings          | Account: Workers Scripts: Read         | 403/10000
            GET    | /accounts/A/workers/scripts/x/versions          | Account: Workers Scripts: Read         | 403/10000
            POST   | /accounts/A/workers/scripts/x/versions          | Account: Workers Scripts: Edit         | 403/10000
            GET    | /accounts/A/workers/scripts/x/deployments       | Account: Workers Scripts: Read         | 403/10000
            POST   | /accounts/A/workers/scripts/x/deployments       | Account: Workers Scripts: Edit         | 403/10000
            GET    | /accounts/A/workers/scripts/x/secrets           | Account: Workers Scripts: Read         | 403/10000
            PUT    | /accounts/A/workers/scripts/x/secrets           | Account: Workers Scripts: Edit         | 403/10000
            PUT    | /accounts/A/workers/scripts/x/schedules         | Account: Workers Scripts: Edit         | 403/10000
            POST   | /accounts/A/workers/scripts/x/subdomain         | Account: Workers Scripts: Edit         | 403/10000
            GET    | /accounts/A/workers/domains                     | Account: Workers Scripts: Read         | 403/10000
            PUT    | /accounts/A/workers/domains                     | Account: Workers Scripts: Edit         | 403/10000
            POST   | /zones/Z/workers/routes                         | Zone: Workers Routes: Edit             | 403/10000
            POST   | /accounts/A/r2/buckets                          | Account: Workers R2 Storage: Edit      | 403/10000
            GET    | /accounts/A/r2/buckets/x                        | Account: Workers R2 Storage: Read      | 403/10000
            POST   | /accounts/A/pages/projects                      | Account: Cloudflare Pages: Edit        | 403/10000
            GET    | /accounts/A/pages/projects/x/upload-token       | Account: Cloudflare Pages: Edit        | 403/10000
            GET    | /accounts/A/pages/projects/x/deployments        | Account: Cloudflare Pages: Read        | 403/10000
            POST   | /accounts/A/pages/projects/x/deployments        | Account: Cloudflare Pages: Edit        | 403/10000
            GET    | /user                                           | User: User Details: Read               | 403/9109
            GET    | /memberships                                    | User: Memberships: Read                | 403/9109
            GET    | /user/tokens/permission_groups                  | User: API Tokens: Read                 | 403/9109
            """)
    void anOperationNeedsItsRight(String method, String path, String right, String refusal) {
        String actual = path.replace("/zones/Z", zone("example.com")).replace("/A", "/" + simulator.accountId());
        assertThat(clientWith().send(method, actual, body(method, path)).refusal())
                .isEqualTo(refusal);
        assertThat(clientWith(right).send(method, actual, body(method, path)).status())
                .as("with the right, it is not refused for want of it")
                .isNotIn(401, 403);
        assertThat(clientWith(right.replace(": Read", ": Edit"))
                        .send(method, actual, body(method, path))
                        .status())
                .as("Edit implies Read")
                .isNotIn(401, 403);
    }

    private String body(String method, String path) {
        if (path.equals("/zones")) {
            return method.equals("GET")
                    ? null
                    : "{\"name\": \"new.example\", \"account\": {\"id\": \"" + simulator.accountId() + "\"}}";
        }
        return method.equals("GET") || path.endsWith("/dns") ? null : "{}";
    }

    @Test
    void readingIsNotWriting() {
        String zone = zone("example.com");
        Client reader = clientWith("Zone: Zone Settings: Read", "Zone: Zone: Read", "Zone: Email Routing Rules: Read");
        assertThat(reader.post(zone + "/email/routing/enable", "{}").refusal()).isEqualTo("403/10000");
        assertThat(reader.post(zone + "/email/routing/rules", drop("a@example.com"))
                        .refusal())
                .isEqualTo("403/10000");
        assertThat(reader.delete(zone).refusal()).isEqualTo("403/9109");
    }

    @Test
    void zonesBeyondATokensScopeAreLeftOutOfListsAndRefused() {
        String seen = zone("seen.example");
        String hidden = zone("hidden.example");
        Token token =
                controls.putToken(Token.minted("narrow", Right.everything()).withZones(List.of("seen.example")));
        Client narrow = owner.as(token.value());
        assertThat(narrow.get("/zones").result().findValuesAsText("name")).contains("seen.example");
        assertThat(narrow.get("/zones").json().at("/result_info/total_count").asInt())
                .isEqualTo(1);
        assertThat(narrow.get("/zones?name=hidden.example").result()).isEmpty();
        assertThat(narrow.get(seen).status()).isEqualTo(200);
        assertThat(narrow.get(hidden).refusal()).isEqualTo("403/9109");
        assertThat(narrow.get(hidden + "/email/routing").refusal()).isEqualTo("403/10000");
        assertThat(narrow.get(hidden + "/email/routing/rules").refusal()).isEqualTo("403/10000");
        assertThat(narrow.get("/accounts/" + simulator.accountId() + "/email/routing/zones")
                        .result())
                .hasSize(1);
    }

    @Test
    void aTokenForOneZoneCannotCreateAnother() {
        Token token =
                controls.putToken(Token.minted("narrow", Right.everything()).withZones(List.of("seen.example")));
        Reply reply = owner.as(token.value())
                .post(
                        "/zones",
                        "{\"name\": \"new.example\", \"account\": {\"id\": \"" + simulator.accountId() + "\"}}");
        assertThat(reply.refusal()).isEqualTo("403/0");
        assertThat(reply.message()).contains("com.cloudflare.api.account.zone.create");
    }

    @Test
    void accountsBeyondATokensScopeAreInvisibleWithAllTheirZones() {
        String other = "ffffffffffffffffffffffffffffffff";
        controls.putAccount(other, "Other", 0);
        controls.putZone("theirs.example", "{\"account_id\": \"" + other + "\"}");
        owner.put(
                "/_simulator/tokens/ours",
                "{\"rights\": [\"Zone: Zone: Edit\"], \"accounts\": [\"" + simulator.accountId() + "\"]}");
        Client ours = owner.as(valueOf("ours"));
        assertThat(owner.get("/accounts").result()).hasSize(2);
        assertThat(ours.get("/accounts").result()).hasSize(1);
        assertThat(ours.get("/zones").result()).isEmpty();
        assertThat(ours.get("/accounts/" + other + "/email/routing/addresses").refusal())
                .isEqualTo("403/10000");
        assertThat(ours.post("/zones", "{\"name\": \"new.example\", \"account\": {\"id\": \"" + other + "\"}}")
                        .refusal())
                .isEqualTo("403/0");
    }

    private String valueOf(String name) {
        for (var token : controls.state().path("tokens")) {
            if (token.path("name").asText().equals(name)) {
                return token.path("value").asText();
            }
        }
        throw new AssertionError("no token " + name);
    }
}
