package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.OperatorExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A zone that was there before, with mail that must not break. */
class AdoptIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aVerifiedDestination() {
        scene.destination(TEAM).destination("admin@corp.example");
    }

    @Test
    void adoptingAndDeletingLeavesEverythingAsItWas() {
        String zone = scene.settledZone(DOMAIN);
        scene.dashboard()
                .createRule(zone, "postmaster", "postmaster@" + DOMAIN, Dashboard.forward("admin@corp.example"));
        scene.dashboard().setCatchAll(zone, "archive", Dashboard.forward("admin@corp.example"));
        JsonNode before = scene.cloudflare();

        scene.mailDomain(
                "settled",
                DOMAIN,
                "subaddressing: true",
                rulesOf(forward("hello@" + DOMAIN, TEAM), forward("bot@in." + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        assertThat(scene.addresses(zone)).contains("hello@" + DOMAIN, "postmaster@" + DOMAIN);
        assertThat(scene.mailDomain("settled").getStatus().ownership().routing())
                .isNull();

        scene.delete("settled");
        assertThat(withoutTimes(scene.cloudflare())).isEqualTo(withoutTimes(before));
    }

    @Test
    void foreignMailIsNotTakenOverUnlessAsked() {
        String zone = scene.activeZone(DOMAIN);
        scene.foreignMx(zone, DOMAIN);
        JsonNode before = scene.cloudflare();
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("hello@" + DOMAIN, TEAM)));

        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("ForeignRecords")
                .has("DNSReady", "False")
                .has("Stalled", "True")
                .says("DNSReady", "mail.elsewhere.example", "dns.existingRecords: Replace"));
        assertThat(scene.cloudflare()).isEqualTo(before);
    }

    @Test
    void aForeignRuleThatDoesWhatIsAskedIsLeftAlone() {
        String zone = scene.settledZone(DOMAIN);
        scene.dashboard().createRule(zone, "by hand", "hello@" + DOMAIN, Dashboard.forward(TEAM));
        JsonNode before = scene.cloudflare();
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("hello@" + DOMAIN, TEAM)));

        scene.eventuallyReady("settled");
        assertThat(scene.mailDomain("settled").getStatus().rules().get(0).state())
                .isEqualTo(RuleState.Matched);
        scene.delete("settled");
        assertThat(scene.cloudflare()).isEqualTo(before);
    }

    @Test
    void aForeignRuleThatDiffersIsAConflictOrIsTakenOverAndGivenBack() {
        String zone = scene.settledZone(DOMAIN);
        scene.dashboard().createRule(zone, "by hand", "hello@" + DOMAIN, Dashboard.forward("admin@corp.example"));
        JsonNode before = scene.cloudflare();
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("hello@" + DOMAIN, TEAM)));
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("Conflict")
                .has("Stalled", "True")
                .says("RulesSynced", "admin@corp.example", "conflictPolicy: Adopt"));
        assertThat(scene.cloudflare()).isEqualTo(before);

        scene.mailDomain("settled", DOMAIN, "conflictPolicy: Adopt", rulesOf(forward("hello@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        assertThat(goesTo(scene.rule(zone, "hello@" + DOMAIN))).isEqualTo("forward " + TEAM);

        scene.delete("settled");
        assertThat(goesTo(scene.rule(zone, "hello@" + DOMAIN))).isEqualTo("forward admin@corp.example");
        assertThat(scene.rule(zone, "hello@" + DOMAIN).path("name").asText()).isEqualTo("by hand");
    }

    @Test
    void routingThatWeEnabledStaysOnWhileSomebodyElseUsesIt() {
        String zone = scene.activeZone(DOMAIN);
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("hello@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        scene.dashboard().createRule(zone, "by hand", "other@" + DOMAIN, Dashboard.forward("admin@corp.example"));

        scene.delete("settled");
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
        assertThat(scene.addresses(zone)).containsExactly("other@" + DOMAIN);
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.startsWith("RoutingKept")));
    }

    @Test
    void observingSaysWhatWouldChangeAndChangesNothing() {
        scene.settledZone(DOMAIN);
        JsonNode before = scene.cloudflare();
        scene.mailDomain("settled", DOMAIN, "mode: Observe", rulesOf(forward("hello@" + DOMAIN, TEAM)));

        scene.eventuallyDomain(
                "settled", status -> status.isReadyBecause("Observing").has("InSync", "False"));
        assertThat(scene.mailDomain("settled").getStatus().pendingChanges())
                .containsExactly("create rule hello@" + DOMAIN + " -> " + TEAM);
        scene.delete("settled");
        assertThat(scene.cloudflare()).isEqualTo(before);
    }

    /** Switching a setting there and back moves the time of the last change, which no API can take back. */
    private static String withoutTimes(JsonNode state) {
        return state.toPrettyString().replaceAll("\"modified(_?[oO]n)?\" : \"[^\"]*\"", "\"modified\" : \"…\"");
    }
}
