package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.ApiVariant;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.OperatorExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole life under every reading of Cloudflare: a zone that is created, one that was there, drift, and the end of both. */
class EveryReadingIT {

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");

    private final Scene scene = new Scene(rig);

    @ParameterizedTest
    @EnumSource
    void aWholeLife(ApiVariant reading) {
        scene.destination(TEAM);
        String theirs = scene.activeZone("there.example");
        rig.dashboard().createRule(theirs, "by hand", "old@there.example", Dashboard.drop());
        reading.quirks().forEach((quirk, value) -> rig.control().quirk(quirk, value));

        scene.mailDomain(
                "made",
                "made.example",
                "zone: {deletionPolicy: Delete}",
                rulesOf(forward("a@made.example", TEAM), forward("a@in.made.example", TEAM)));
        scene.mailDomain("there", "there.example", rulesOf(forward("a@in.there.example", TEAM)));
        eventually(() -> assertThat(scene.zoneExists("made.example")).isTrue());
        rig.control().activate("made.example");
        scene.eventuallyReady("made");
        scene.eventuallyReady("there");
        scene.catchAll("all", "made", "forwardTo: " + TEAM);
        scene.eventuallyCatchAll("all", StatusAssert::isReady);
        String made = scene.dashboard().zoneId("made.example");
        assertThat(hosts("made.example")).containsExactlyInAnyOrder("made.example", "in.made.example");
        assertThat(hosts("there.example")).containsExactlyInAnyOrder("there.example", "in.there.example");

        rig.dashboard()
                .deleteRule(made, scene.rule(made, "a@made.example").path("id").asText());
        eventually(() -> assertThat(scene.addresses(made)).contains("a@made.example"));
        assertThat(goesTo(scene.rule(made, "a@made.example"))).isEqualTo("forward " + TEAM);

        scene.catchAlls("all").delete();
        scene.delete("made");
        scene.delete("there");
        assertThat(scene.zoneExists("made.example")).isFalse();
        assertThat(scene.addresses(theirs)).containsExactly("old@there.example");
    }

    @Test
    void mailOfOthersStaysWhereNothingShowsIt() {
        rig.control().quirk("dns-form", "array");
        String zone = scene.activeZone("theirs.example");
        rig.dashboard()
                .call(
                        "POST",
                        "/zones/" + zone + "/dns_records",
                        Map.of(
                                "type",
                                "TXT",
                                "name",
                                "theirs.example",
                                "content",
                                "v=spf1 include:_spf.google.com include:mailgun.org -all",
                                "ttl",
                                3600));
        JsonNode before = scene.cloudflare();

        scene.mailDomain("theirs", "theirs.example", "rules: []");

        scene.eventuallyDomain(
                "theirs", status -> status.isNotReadyBecause("ForeignRecords").says("DNSReady", "mailgun.org"));
        assertThat(scene.cloudflare()).isEqualTo(before);
    }

    private List<String> hosts(String domain) {
        for (JsonNode zone : rig.control().state().path("zones")) {
            if (zone.path("registration").path("name").asText().equals(domain)
                    || zone.path("name").asText().equals(domain)) {
                List<String> hosts = new java.util.ArrayList<>();
                zone.path("routing").path("hosts").fieldNames().forEachRemaining(hosts::add);
                return hosts;
            }
        }
        return List.of();
    }
}
