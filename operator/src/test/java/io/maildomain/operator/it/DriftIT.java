package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.Dashboard;
import io.maildomain.harness.OperatorExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others change at Cloudflare behind the operator's back. */
class DriftIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");

    private final Scene scene = new Scene(rig);
    private String zone;

    @BeforeEach
    void aManagedDomain() {
        scene.destination(TEAM).destination("admin@corp.example");
        rig.control().putWorker("mailbox-worker");
        zone = scene.activeZone(DOMAIN);
    }

    @Test
    void eachPartThatIsChangedByOthersIsPutRight() {
        scene.mailDomain(
                "settled",
                DOMAIN,
                "subaddressing: true",
                rulesOf(forward("a@" + DOMAIN, TEAM), forward("b@in." + DOMAIN, TEAM)));
        scene.catchAll("settled", "settled", "worker: mailbox-worker");
        scene.eventuallyReady("settled");
        scene.eventuallyCatchAll("settled", StatusAssert::isReady);

        var rule = scene.rule(zone, "a@" + DOMAIN);
        scene.dashboard()
                .updateRule(
                        zone,
                        rule.path("id").asText(),
                        rule.path("name").asText(),
                        "a@" + DOMAIN,
                        Dashboard.forward("admin@corp.example"));
        eventually(() -> assertThat(goesTo(scene.rule(zone, "a@" + DOMAIN))).isEqualTo("forward " + TEAM));
        eventually(() -> assertThat(scene.mailDomain("settled").getStatus().lastDriftCorrected())
                .isNotNull());

        scene.dashboard()
                .deleteRule(zone, scene.rule(zone, "b@in." + DOMAIN).path("id").asText());
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN, "b@in." + DOMAIN));

        scene.dashboard().call("PATCH", "/zones/" + zone + "/email/routing", Map.of("support_subaddress", false));
        eventually(
                () -> assertThat(scene.routing(zone).path("support_subaddress").asBoolean())
                        .isTrue());

        scene.dashboard().setCatchAll(zone, "by hand", Dashboard.drop());
        eventually(() -> assertThat(goesTo(scene.catchAll(zone))).isEqualTo("worker mailbox-worker"));

        scene.dashboard().call("POST", "/zones/" + zone + "/email/routing/disable", Map.of());
        eventually(() ->
                assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue());
        scene.eventuallyReady("settled");
    }

    @Test
    void driftIsOnlyReportedWhereTheSpecSaysSo() {
        scene.mailDomain("settled", DOMAIN, "drift: Report", rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        scene.dashboard()
                .deleteRule(zone, scene.rule(zone, "a@" + DOMAIN).path("id").asText());

        scene.eventuallyDomain(
                "settled", status -> status.isReadyBecause("DriftReported").has("InSync", "False"));
        assertThat(scene.mailDomain("settled").getStatus().pendingChanges())
                .containsExactly("create rule a@" + DOMAIN + " -> " + TEAM);
        assertThat(scene.addresses(zone)).isEmpty();
    }

    @Test
    void foreignRulesThatComeAndGoAreNobodysBusiness() {
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        scene.dashboard().createRule(zone, "by hand", "x@" + DOMAIN, Dashboard.forward("admin@corp.example"));
        rig.control().clearCalls();

        eventually(() -> assertThat(
                        scene.calls().filter(call -> call.path("path").asText().contains("/email/routing/rules")))
                .hasSizeGreaterThanOrEqualTo(3));
        assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN, "x@" + DOMAIN);
        assertThat(scene.writes()).isZero();
    }
}
