package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.quirks.Quirk;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A zone whose mail goes elsewhere today, seen by a token with no right but Zone Settings. */
class ForeignRecordsTest extends SimulatorTestCase {

    private static final String MAIL_ELSEWHERE = """
            {"dns_records": [{"type": "MX", "content": "mx.elsewhere.example", "priority": 10},
                             {"type": "TXT", "content": "v=spf1 include:elsewhere.example -all"},
                             {"type": "MX", "name": "in", "content": "mx.elsewhere.example", "priority": 10}]}""";

    private String routing;
    private Client settings;

    @BeforeEach
    void aZoneWithForeignMail() {
        routing = "/zones/" + controls.putZone("example.com", MAIL_ELSEWHERE).id() + "/email/routing";
        settings = clientWith("Zone: Zone Settings: Edit");
    }

    private static List<String> codes(Reply reply) {
        return reply.result().path("errors").findValuesAsText("code");
    }

    @Test
    void foreignRecordsAreSeenBeforeEnabling() {
        Reply reply = settings.get(routing + "/dns");
        assertThat(codes(reply))
                .containsExactly("mx.missing", "mx.missing", "mx.missing", "spf.missing", "mx.foreign", "spf.foreign");
        JsonNode foreign = reply.result().at("/errors/4/existing");
        assertThat(foreign.path("content").asText()).isEqualTo("mx.elsewhere.example");
        assertThat(foreign.path("priority").asInt()).isEqualTo(10);
        assertThat(reply.result().path("record")).hasSize(5);
    }

    @Test
    void foreignRecordsOfASubdomainAreSeenToo() {
        assertThat(codes(settings.get(routing + "/dns?subdomain=in.example.com")))
                .contains("mx.foreign");
        assertThat(codes(settings.get(routing + "/dns?subdomain=other.example.com")))
                .containsOnly("mx.missing", "spf.missing");
        assertThat(settings.get(routing + "/dns?subdomain=elsewhere.example").refusal())
                .isEqualTo("422/2007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/enable", "/dns"})
    void foreignMxStopEnabling(String call) {
        Reply reply = settings.post(routing + call, "{}");
        assertThat(reply.refusal()).isEqualTo("409/2008");
        assertThat(reply.header("x-should-retry")).isEqualTo("false");
        assertThat(settings.get(routing).result().path("enabled").asBoolean()).isFalse();
    }

    @Test
    void aNullMxIsForeignToo() {
        controls.putZone("example.com", "{\"dns_records\": [{\"type\": \"MX\", \"content\": \".\", \"priority\": 0}]}");
        assertThat(settings.post(routing + "/enable", "{}").refusal()).isEqualTo("409/2008");
    }

    @Test
    void enablingReplacesAForeignSenderPolicy() {
        controls.putZone(
                "example.com", "{\"dns_records\": [{\"type\": \"TXT\", \"content\": \"\\\"v=spf1 -all\\\"\"}]}");
        assertThat(codes(settings.get(routing + "/dns"))).contains("spf.foreign");
        assertThat(settings.post(routing + "/enable", "{}")
                        .result()
                        .path("status")
                        .asText())
                .isEqualTo("ready");
        String zone = routing.replace("/email/routing", "");
        assertThat(owner.get(zone + "/dns_records?type=TXT&name=example.com")
                        .result()
                        .findValuesAsText("content"))
                .containsExactly("v=spf1 include:_spf.mx.cloudflare.net ~all");
    }

    @ParameterizedTest
    @CsvSource({
        "kept,     v=spf1 include:_spf.mx.cloudflare.net include:elsewhere.example -all",
        "replaced, v=spf1 include:_spf.mx.cloudflare.net ~all"
    })
    void aSenderPolicyThatNamesOthersBesidesIsKeptOrReplaced(String reading, String left) {
        quirk(Quirk.MERGED_SPF, reading);
        String zone = "/zones/" + controls.putZone("example.com", """
                {"dns_records": [{"type": "TXT",
                  "content": "v=spf1 include:_spf.mx.cloudflare.net include:elsewhere.example -all"}]}""").id();
        assertThat(settings.post(zone + "/email/routing/enable", "{}").status()).isEqualTo(200);
        assertThat(owner.get(zone + "/dns_records?type=TXT&name=example.com")
                        .result()
                        .findValuesAsText("content"))
                .containsExactly(left);
    }

    @Test
    void enablingMayReplaceForeignMx() {
        quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        assertThat(settings.post(routing + "/enable", "{}")
                        .result()
                        .path("status")
                        .asText())
                .isEqualTo("ready");
        String zone = routing.replace("/email/routing", "");
        assertThat(owner.get(zone + "/dns_records?type=MX&name=example.com").result())
                .hasSize(3);
    }

    @Test
    void foreignMxOnASubdomainAreRefusedOrNotLookedAt() {
        assertThat(settings.post(routing + "/dns", "{\"name\": \"in.example.com\"}")
                        .refusal())
                .isEqualTo("409/2008");
        quirk(Quirk.SUBDOMAIN_FOREIGN_MX, "ignored");
        assertThat(settings.post(routing + "/dns", "{\"name\": \"in.example.com\"}")
                        .status())
                .isEqualTo(200);
        assertThat(codes(settings.get(routing + "/dns?subdomain=in.example.com")))
                .containsExactly("mx.foreign");
    }

    @Test
    void twoSenderPoliciesAreOneTooMany() {
        controls.putZone("two.example", """
                {"routing": true, "dns_records": [{"type": "TXT", "content": "v=spf1 include:a.example -all"}]}""");
        String two = "/zones/" + controls.zone("two.example").orElseThrow().id() + "/email/routing";
        assertThat(codes(settings.get(two + "/dns"))).containsExactly("spf.foreign", "spf.multiple", "spf.multiple");
    }

    @Test
    void missingRecordsAreAnErrorOfASubdomainButNotOfAnApexThatIsOff() {
        String off = zone("off.example") + "/email/routing/dns";
        assertThat(settings.get(off).result().isArray()).isTrue();
        assertThat(codes(settings.get(off + "?subdomain=in.off.example"))).contains("mx.missing");
    }

    @Test
    void whatIsWellIsAnArrayUnlessAFormIsChosen() {
        String well = routedZone("well.example") + "/email/routing/dns";
        assertThat(settings.get(well).result()).hasSize(5);
        quirk(Quirk.DNS_FORM, "object");
        assertThat(settings.get(well).result().path("errors")).isEmpty();
        assertThat(settings.get(well).result().path("record")).hasSize(5);
        quirk(Quirk.DNS_FORM, "array");
        assertThat(settings.get(routing + "/dns").result().isArray()).isTrue();
    }
}
