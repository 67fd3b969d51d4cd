package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest extends SimulatorTestCase {

    private void plant(String json) {
        assertThat(owner.post("/_simulator/faults", json).status()).isEqualTo(200);
    }

    private Reply createZone() {
        return owner.post(
                "/zones", "{\"name\": \"example.com\", \"account\": {\"id\": \"" + simulator.accountId() + "\"}}");
    }

    private int zones() {
        return controls.state().path("zones").size();
    }

    @Test
    void theNextMatchingCallFailsWithAStatusAndDoesNoWork() {
        plant("{\"method\": \"POST\", \"path\": \"/zones$\", \"fault\": {\"status\": 500}}");
        assertThat(owner.get("/zones").status()).isEqualTo(200);
        assertThat(createZone().status()).isEqualTo(500);
        assertThat(zones()).isZero();
        assertThat(createZone().status()).isEqualTo(200);
    }

    @Test
    void aStatusBringsItsOwnBodyAndHeaders() {
        plant("""
                {"path": "/zones", "fault": {"status": 429, "body": {"success": false, "errors": [{"code": 10429}]},
                                             "headers": {"retry-after": "7"}}}""");
        Reply reply = owner.get("/zones");
        assertThat(reply.refusal()).isEqualTo("429/10429");
        assertThat(reply.headers().allValues("Retry-After")).containsExactly("7");
    }

    @Test
    void aHeaderThatIsGivenAsNothingIsLeftOut() {
        plant("{\"path\": \"/zones\", \"fault\": {\"status\": 429, \"headers\": {\"Retry-After\": \"\"}}}");
        Reply reply = owner.get("/zones");
        assertThat(reply.refusal()).isEqualTo("429/971");
        assertThat(reply.headers().allValues("Retry-After")).isEmpty();
    }

    @Test
    void aBodyOfTextIsSentAsAPage() {
        plant("{\"fault\": {\"status\": 502, \"body\": \"<html>Bad gateway</html>\"}}");
        Reply reply = owner.get("/zones");
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertThat(reply.text()).contains("Bad gateway");
    }

    @Test
    void theWorkMayBeDoneAndTheAnswerSaysOtherwise() {
        controls.failNext("POST", "/zones", Fault.status(504).afterTheWork());
        assertThat(createZone().status()).isEqualTo(504);
        assertThat(zones()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {".*", "POST|PUT", "p.*", "post"})
    void aMethodIsAPatternForTheWholeWord(String method) {
        plant("{\"method\": \"" + method + "\", \"path\": \"/zones$\", \"fault\": {\"status\": 500}}");
        assertThat(createZone().status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "POS", "FETCH", ""})
    void aMethodThatNoCallHasIsRefused(String method) {
        Reply reply =
                owner.post("/_simulator/faults", "{\"method\": \"" + method + "\", \"fault\": {\"status\": 500}}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("method");
    }

    @Test
    void aConnectionIsResetBeforeTheWork() {
        plant("{\"method\": \"POST\", \"fault\": {\"reset\": \"before\"}}");
        assertThatThrownBy(this::createZone).hasRootCauseInstanceOf(IOException.class);
        assertThat(zones()).isZero();
        assertThat(createZone().status()).isEqualTo(200);
    }

    @Test
    void aConnectionIsResetAfterTheWork() {
        plant("{\"method\": \"POST\", \"fault\": {\"reset\": \"after\"}}");
        assertThatThrownBy(this::createZone).hasRootCauseInstanceOf(IOException.class);
        assertThat(zones()).isEqualTo(1);
        assertThat(createZone().refusal()).isEqualTo("400/1061");
    }

    @Test
    void aStalledCallDoesItsWorkAndAnswersLate() {
        controls.failNext("POST", "/zones", Fault.stall(Duration.ofMillis(300)));
        long before = System.nanoTime();
        assertThat(createZone().status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));
        assertThat(zones()).isEqualTo(1);
    }

    @Test
    void aStalledCallHoldsNobodyElseUp() {
        controls.failNext("GET", "/accounts", Fault.stall(Duration.ofSeconds(10)));
        var stalled = owner.request("GET", "/accounts", null)
                .header("Authorization", "Bearer " + owner.token())
                .timeout(Duration.ofMillis(200));
        assertThatThrownBy(() -> Client.exchange(stalled)).hasMessageContaining("timed out");
        assertThat(owner.get("/accounts").status()).isEqualTo(200);
    }

    @Test
    void aMalformedBodyBreaksOffInTheMiddle() {
        plant("{\"method\": \"GET\", \"fault\": {\"body\": \"malformed\"}}");
        Reply reply = owner.get("/zones");
        assertThat(reply.status()).isEqualTo(200);
        assertThatThrownBy(() -> new ObjectMapper().readTree(reply.text())).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void callsAreLetThroughFirstAndThenFailSoOften() {
        plant("{\"path\": \"/zones\", \"after\": 2, \"times\": 2, \"fault\": {\"status\": 503}}");
        assertThat(new int[] {
                    owner.get("/zones").status(),
                    owner.get("/zones").status(),
                    owner.get("/zones").status(),
                    owner.get("/zones").status(),
                    owner.get("/zones").status()
                })
                .containsExactly(200, 200, 503, 503, 200);
        Reply seen = owner.get("/_simulator/faults");
        assertThat(seen.json().at("/0/matched").asInt()).isEqualTo(4);
        assertThat(seen.json().at("/0/fired").asInt()).isEqualTo(2);
    }

    @Test
    void aFaultMayLastUntilItIsTakenAway() {
        int id = controls.addFault(
                FaultPlan.next("GET", "/zones", Fault.status(503)).always());
        for (int i = 0; i < 5; i++) {
            assertThat(owner.get("/zones").status()).isEqualTo(503);
        }
        assertThat(owner.delete("/_simulator/faults/" + id).status()).isEqualTo(204);
        assertThat(owner.get("/zones").status()).isEqualTo(200);
        assertThat(owner.delete("/_simulator/faults/" + id).status()).isEqualTo(404);
    }

    @Test
    void aFaultMayBeForOneTokenAlone() {
        Client limited = clientWith("Zone: Zone: Read");
        plant("{\"token\": \"limited\", \"fault\": {\"status\": 403}}");
        assertThat(owner.get("/zones").status()).isEqualTo(200);
        assertThat(limited.get("/zones").status()).isEqualTo(403);
        assertThat(limited.get("/zones").status()).isEqualTo(200);
    }

    @Test
    void faultsAreMetInTheOrderTheyWerePlantedAndAllAreTakenAwayAtOnce() {
        plant("{\"fault\": {\"status\": 500}}");
        plant("{\"fault\": {\"status\": 503}}");
        assertThat(owner.get("/zones").status()).isEqualTo(500);
        assertThat(owner.delete("/_simulator/faults").status()).isEqualTo(204);
        assertThat(owner.get("/zones").status()).isEqualTo(200);
    }

    @Test
    void aFaultMayLieAboutTheTime() {
        plant(
                "{\"fault\": {\"status\": 200, \"body\": {}, \"headers\": {\"date\": \"Thu, 01 Jan 2026 00:00:00 GMT\"}}}");
        assertThat(owner.get("/zones").headers().allValues("Date")).containsExactly("Thu, 01 Jan 2026 00:00:00 GMT");
    }

    @Test
    void faultyCallsAreCountedAsSuch() {
        plant("{\"fault\": {\"reset\": \"before\"}}");
        assertThatThrownBy(this::createZone).hasRootCauseInstanceOf(IOException.class);
        assertThat(controls.calls()).last().satisfies(call -> {
            assertThat(call.faulty()).isTrue();
            assertThat(call.status()).isZero();
            assertThat(call.token()).isEqualTo("start");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"fault\": {}}",
                "{\"fault\": {\"status\": 500, \"reset\": \"after\"}}",
                "{\"fault\": {\"status\": 99}}",
                "{\"fault\": {\"stall\": \"soon\"}}",
                "{\"fault\": {\"reset\": \"sometimes\"}}",
                "{\"fault\": {\"body\": \"fine\"}}",
                "{\"path\": \"(\", \"fault\": {\"status\": 500}}",
                "{\"after\": -1, \"fault\": {\"status\": 500}}",
                "{\"metod\": \"GET\", \"fault\": {\"status\": 500}}",
                "nonsense"
            })
    void whatIsNoFaultIsRefusedInOneLine(String json) {
        Reply reply = owner.post("/_simulator/faults", json);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).isNotBlank().doesNotContain("\n");
        assertThat(controls.faults()).isEmpty();
    }
}
