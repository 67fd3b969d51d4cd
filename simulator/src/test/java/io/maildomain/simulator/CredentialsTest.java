package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.Token;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest extends SimulatorTestCase {

    private static final String UNKNOWN = "0123456789012345678901234567890123456789";

    @Test
    void aCallWithoutCredentialsIsRefused() {
        assertThat(Client.exchange(owner.request("GET", "/zones", null)).refusal())
                .isEqualTo("400/9106");
    }

    @Test
    void aGlobalKeyIsNotKnownHere() {
        Reply reply = Client.exchange(
                owner.request("GET", "/zones", null).header("X-Auth-Key", "k").header("X-Auth-Email", "a@b.example"));
        assertThat(reply.refusal()).isEqualTo("403/9103");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer short", "Bearer Bearer " + UNKNOWN, "Basic " + UNKNOWN, "Bearer a b"})
    void aMalformedAuthorizationSaysWhatIsWrongInItsErrorChain(String header) {
        Reply reply = Client.exchange(owner.request("GET", "/zones", null).header("Authorization", header));
        assertThat(reply.refusal()).isEqualTo("400/6003");
        assertThat(reply.json().at("/errors/0/error_chain/0/code").asInt()).isEqualTo(6111);
    }

    @Test
    void anUnknownTokenIsInvalidEverywhereAndWorthlessToVerify() {
        Client stranger = owner.as(UNKNOWN);
        assertThat(stranger.get("/zones").refusal()).isEqualTo("403/9109");
        assertThat(stranger.get("/zones").message()).isEqualTo("Invalid access token");
        assertThat(stranger.get("/user/tokens/verify").refusal()).isEqualTo("401/1000");
    }

    @Test
    void verifyingTellsThatATokenIsActiveAndNothingOfItsRights() {
        Reply reply = clientWith().get("/user/tokens/verify");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.result().path("status").asText()).isEqualTo("active");
        assertThat(reply.json().at("/messages/0/code").asInt()).isEqualTo(10000);
        assertThat(reply.result().fieldNames()).toIterable().containsExactly("id", "status");
    }

    @Test
    void anExpiredTokenSaysSoAndOpensNothing() {
        Token token = controls.putToken(
                Token.minted("brief", List.of()).withExpiresOn(clock.instant().plusSeconds(60)));
        Client client = owner.as(token.value());
        assertThat(client.get("/user/tokens/verify").result().path("status").asText())
                .isEqualTo("active");
        assertThat(client.get("/accounts").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(60));
        assertThat(client.get("/user/tokens/verify").result().path("status").asText())
                .isEqualTo("expired");
        assertThat(client.get("/accounts").refusal()).isEqualTo("403/9109");
    }

    @Test
    void aDisabledTokenOpensNothing() {
        Token token = controls.putToken(Token.minted("off", List.of()).withStatus(Token.Status.DISABLED));
        Client client = owner.as(token.value());
        assertThat(client.get("/user/tokens/verify").result().path("status").asText())
                .isEqualTo("disabled");
        assertThat(client.get("/accounts").refusal()).isEqualTo("403/9109");
    }

    @Test
    void aTokenIsWorthNothingBeforeItsTime() {
        owner.put(
                "/_simulator/tokens/later",
                "{\"value\": \"" + UNKNOWN + "\", \"notBefore\": \"2026-11-24T10:01:00Z\"}");
        Client client = owner.as(UNKNOWN);
        assertThat(client.get("/accounts").refusal()).isEqualTo("403/9109");
        clock.advance(Duration.ofMinutes(1));
        assertThat(client.get("/accounts").status()).isEqualTo(200);
    }

    @Test
    void aRevokedTokenIsUnknown() {
        Client client = clientWith("Zone: Zone: Read");
        assertThat(client.get("/zones").status()).isEqualTo(200);
        controls.revokeToken("limited");
        assertThat(client.get("/zones").refusal()).isEqualTo("403/9109");
    }

    @Test
    void anAccountOwnedTokenVerifiesAtItsAccountAlone() {
        String value = "cfat_" + UNKNOWN;
        owner.put("/_simulator/tokens/owned", "{\"value\": \"" + value + "\"}");
        Client client = owner.as(value);
        String verify = "/accounts/" + simulator.accountId() + "/tokens/verify";
        assertThat(client.get(verify).result().path("status").asText()).isEqualTo("active");
        assertThat(client.get("/user/tokens/verify").refusal()).isEqualTo("401/1000");
        assertThat(owner.get(verify).refusal()).isEqualTo("401/1000");
        assertThat(client.get("/accounts/nonsense/tokens/verify").refusal()).isEqualTo("400/7003");
        assertThat(client.get("/memberships").refusal()).isEqualTo("403/9106");
    }

    @Test
    void accountOwnedTokensMayBeShutOutOfEmailRouting() {
        String value = "cfat_" + UNKNOWN;
        owner.put(
                "/_simulator/tokens/owned",
                "{\"value\": \"" + value + "\", \"rights\": [\"Zone: Zone Settings: Edit\", \"Zone: Zone: Edit\","
                        + " \"Account: Email Routing Addresses: Read\"]}");
        Client client = owner.as(value);
        String zone = zone("example.com");
        assertThat(client.get(zone + "/email/routing").status()).isEqualTo(200);
        quirk(Quirk.ACCOUNT_TOKENS, "no");
        assertThat(client.get(zone + "/email/routing").refusal()).isEqualTo("403/10000");
        assertThat(client.get("/accounts/" + simulator.accountId() + "/email/routing/addresses")
                        .refusal())
                .isEqualTo("403/10000");
        assertThat(client.get(zone).status()).isEqualTo(200);
    }

    @Test
    void listsThePermissionGroupsWithTheIdsOfTheLiveOnes() {
        Reply reply = owner.get("/user/tokens/permission_groups?name=Zone%20Settings%20Write");
        assertThat(reply.result()).hasSize(1);
        assertThat(reply.result().at("/0/id").asText()).isEqualTo("3030687196b94b638145a3953da2b699");
        Reply ofAccounts = owner.get(
                "/accounts/" + simulator.accountId() + "/tokens/permission_groups?scope=com.cloudflare.api.account");
        assertThat(ofAccounts.result().findValuesAsText("name"))
                .contains("D1 Read")
                .doesNotContain("Zone Read");
    }
}
