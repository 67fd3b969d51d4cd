package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.HostNames;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names with letters beyond ASCII, under each reading. */
class NamesTest extends SimulatorTestCase {

    private static final String A_LABEL = "xn--bcher-kva.example";
    private static final String U_LABEL = "bücher.example";

    @ParameterizedTest
    @CsvSource({
        "bücher.example, xn--bcher-kva.example",
        "straße.example, xn--strae-oqa.example",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "i❤.example, xn--i-7iq.example",
        "*.bücher.example, *.xn--bcher-kva.example",
        "_dmarc.bücher.example, _dmarc.xn--bcher-kva.example",
        "münchen-ost.example, xn--mnchen-ost-9db.example",
        "plain.example, plain.example"
    })
    void eachFormIsTheOthersCounterpart(String unicode, String ascii) {
        assertThat(HostNames.ascii(unicode)).isEqualTo(ascii);
        assertThat(HostNames.unicode(ascii)).isEqualTo(unicode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xn--", "xn--a.example", "xn--99999999.example", "xn--!.example", "xn--ü-.example"})
    void whatStandsForNothingStaysAsItIs(String name) {
        assertThat(HostNames.unicode(name)).isNotNull();
    }

    @Test
    void unlessSaidOtherwiseNamesAreALabels() {
        owner.addZone(U_LABEL);
        assertThat(owner.get("/zones").result().findValuesAsText("name")).contains(A_LABEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {A_LABEL, U_LABEL, "BÜCHER.example", "XN--BCHER-KVA.example"})
    void zonesAreFoundByEitherFormAndAnsweredAsULabels(String asked) {
        quirk(Quirk.ZONE_NAMES, "unicode");
        String id = owner.addZone(A_LABEL);
        assertThat(owner.get("/zones?name=" + URLEncoder.encode(asked, StandardCharsets.UTF_8))
                        .result()
                        .at("/0/name")
                        .asText())
                .isEqualTo(U_LABEL);
        assertThat(owner.get("/zones/" + id).result().path("name").asText()).isEqualTo(U_LABEL);
        assertThat(owner.get("/zones/" + id + "/email/routing")
                        .result()
                        .path("name")
                        .asText())
                .isEqualTo(U_LABEL);
    }

    @Test
    void otherNamesFollowWhereTheyAreSaidTo() {
        String zone = "/zones/" + controls.putZone(A_LABEL, """
                {"routing": true,
                 "dns_records": [{"type": "CNAME", "name": "shop", "content": "shop.xn--bcher-kva.example"}],
                 "rules": [{"address": "a@xn--bcher-kva.example", "drop": true, "name": "about xn--bcher-kva.example"}]}""").id();
        for (String reading : new String[] {"unicode", "unicode-everywhere"}) {
            quirk(Quirk.ZONE_NAMES, reading);
            String shown = reading.equals("unicode") ? A_LABEL : U_LABEL;
            assertThat(owner.get(zone + "/dns_records?type=CNAME")
                            .result()
                            .at("/0/name")
                            .asText())
                    .isEqualTo("shop." + shown);
            assertThat(owner.get(zone + "/dns_records?type=CNAME")
                            .result()
                            .at("/0/content")
                            .asText())
                    .isEqualTo("shop." + shown);
            assertThat(owner.get(zone + "/email/routing/dns")
                            .result()
                            .at("/0/name")
                            .asText())
                    .isEqualTo(shown);
            assertThat(owner.get(zone + "/email/routing/rules")
                            .result()
                            .at("/0/matchers/0/value")
                            .asText())
                    .isEqualTo("a@" + shown);
            assertThat(owner.get(zone + "/email/routing/rules")
                            .result()
                            .at("/0/name")
                            .asText())
                    .isEqualTo("about " + A_LABEL);
        }
    }

    @Test
    void aRuleForEitherFormIsTheSameRule() {
        String zone = routedZone(A_LABEL);
        assertThat(owner.post(zone + "/email/routing/rules", drop("a@" + U_LABEL))
                        .status())
                .isEqualTo(200);
        assertThat(owner.post(zone + "/email/routing/rules", drop("a@" + A_LABEL))
                        .refusal())
                .isEqualTo("409/2014");
    }
}
