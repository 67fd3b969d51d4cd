package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.quirks.Quirk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest extends SimulatorTestCase {

    private final String addresses = "/accounts/" + simulator.accountId() + "/email/routing/addresses";

    private JsonNode add(String email) {
        return owner.post(addresses, "{\"email\": \"" + email + "\"}").result();
    }

    @Test
    void anAddressIsUnverifiedUntilSomebodyClicksTheLink() {
        JsonNode added = add("team@corp.example");
        assertThat(added.path("verified").isNull()).isTrue();
        assertThat(added.path("status").asText()).isEqualTo("unverified");
        assertThat(owner.post("/_simulator/addresses/team@corp.example/verify", "")
                        .status())
                .isEqualTo(204);
        JsonNode verified =
                owner.get(addresses + "/" + added.path("id").asText()).result();
        assertThat(verified.path("verified").asText()).isEqualTo("2026-11-24T10:00:00.123456Z");
        assertThat(owner.post("/_simulator/addresses/nobody@corp.example/verify", "")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a@b", "a b@corp.example"})
    void whatIsNoAddressIsRefused(String email) {
        assertThat(owner.post(addresses, "{\"email\": \"" + email + "\"}").refusal())
                .isEqualTo("422/2007");
    }

    @Test
    void anAddressIsThereOnce() {
        add("team@corp.example");
        assertThat(owner.post(addresses, "{\"email\": \"TEAM@corp.example\"}").refusal())
                .isEqualTo("409/2014");
    }

    @Test
    void addressesAreListedOldestFirstAndByVerification() {
        add("b@corp.example");
        clock.advance(Duration.ofSeconds(1));
        add("a@corp.example");
        controls.verifyAddress("b@corp.example");
        assertThat(owner.get(addresses).result().findValuesAsText("email"))
                .containsExactly("b@corp.example", "a@corp.example");
        assertThat(owner.get(addresses + "?direction=desc")
                        .result()
                        .at("/0/email")
                        .asText())
                .isEqualTo("a@corp.example");
        assertThat(owner.get(addresses + "?verified=true").result()).hasSize(1);
        assertThat(owner.get(addresses + "?verified=false").result()).hasSize(1);
    }

    @Test
    void deletingAnAddressDisablesTheRulesThatUseIt() {
        String id = add("team@corp.example").path("id").asText();
        controls.verifyAddress("team@corp.example");
        String rules = routedZone("example.com") + "/email/routing/rules";
        owner.post(rules, rule("a@example.com", "forward", "Team@corp.example"));
        owner.post(rules, drop("b@example.com"));
        owner.put(
                rules + "/catch_all",
                "{\"matchers\": [{\"type\": \"all\"}],"
                        + " \"actions\": [{\"type\": \"forward\", \"value\": [\"team@corp.example\"]}]}");
        assertThat(owner.delete(addresses + "/" + id).result().path("email").asText())
                .isEqualTo("team@corp.example");
        assertThat(owner.get(rules).result().findValuesAsText("enabled")).containsExactly("false", "true", "false");
        assertThat(owner.get(addresses + "/" + id).refusal()).isEqualTo("404/2015");
        assertThat(owner.delete(addresses + "/" + id).refusal()).isEqualTo("404/2015");
    }

    @Test
    void aYoungAddressMayHaveToStayForFifteenMinutes() {
        quirk(Quirk.ADDRESS_DELETION, "delayed");
        String id = add("team@corp.example").path("id").asText();
        assertThat(owner.delete(addresses + "/" + id).refusal()).isEqualTo("400/2032");
        clock.advance(Duration.ofMinutes(15));
        assertThat(owner.delete(addresses + "/" + id).status()).isEqualTo(200);
    }

    @Test
    void anybodyMayTakeTheVerificationAwayAndAnAdministratorMayGiveIt() {
        String address = addresses + "/" + add("team@corp.example").path("id").asText();
        Client limited = clientWith("Account: Email Routing Addresses: Edit");
        assertThat(limited.patch(address, "{\"status\": \"verified\"}").refusal())
                .isEqualTo("403/10000");
        assertThat(owner.patch(address, "{\"status\": \"verified\"}")
                        .result()
                        .path("status")
                        .asText())
                .isEqualTo("verified");
        assertThat(limited.patch(address, "{\"status\": \"unverified\"}")
                        .result()
                        .path("status")
                        .asText())
                .isEqualTo("unverified");
        assertThat(limited.patch(address, "{\"status\": \"odd\"}").refusal()).isEqualTo("422/2007");
    }

    @Test
    void anAccountHasAtMostTwoHundredAddresses() {
        for (int i = 0; i < 200; i++) {
            controls.putAddress("a" + i + "@corp.example", true);
        }
        assertThat(owner.post(addresses, "{\"email\": \"more@corp.example\"}").refusal())
                .isEqualTo("422/2007");
    }
}
