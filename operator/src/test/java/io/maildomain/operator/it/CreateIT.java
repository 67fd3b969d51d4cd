package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.harness.OperatorExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A domain that Cloudflare does not know yet. */
class CreateIT {

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);

    @Test
    void aZoneIsCreatedWaitsForItsNameServersAndIsReadyOnceTheRegistrarActed() {
        scene.destination(TEAM);
        rig.control().putWorker("mailbox-worker");
        scene.mailDomain(
                "fresh",
                "fresh.example",
                "subaddressing: true",
                "subdomains: [notify]",
                rulesOf(
                        forward("support@fresh.example", TEAM),
                        "{address: bot@in.fresh.example, action: {worker: mailbox-worker}, priority: 10}",
                        "{address: noreply@fresh.example, action: {drop: true}}"));

        scene.eventuallyDomain("fresh", status -> status.isNotReadyBecause("ZonePending")
                .has("Reconciling", "True")
                .hasNo("Stalled")
                .has("RoutingEnabled", "True")
                .has("RulesSynced", "True")
                .says("ZoneReady", "name servers", "import your other records", "remove the DS record"));
        assertThat(scene.mailDomain("fresh").getStatus().zone().nameServers()).hasSize(2);

        rig.control().activate("fresh.example");
        scene.eventuallyDomain(
                "fresh", status -> status.isReady().hasNo("Reconciling").hasNo("Stalled"));

        String zone = scene.dashboard().zoneId("fresh.example");
        assertThat(goesTo(scene.rule(zone, "support@fresh.example"))).isEqualTo("forward " + TEAM);
        assertThat(goesTo(scene.rule(zone, "bot@in.fresh.example"))).isEqualTo("worker mailbox-worker");
        assertThat(scene.rule(zone, "bot@in.fresh.example").path("priority").asInt())
                .isEqualTo(10);
        assertThat(goesTo(scene.rule(zone, "noreply@fresh.example"))).isEqualTo("drop");
        assertThat(scene.routing(zone).path("support_subaddress").asBoolean()).isTrue();
        var status = scene.mailDomain("fresh").getStatus();
        assertThat(status.summary().rules()).isEqualTo("3/3");
        assertThat(status.dns())
                .extracting(host -> host.host())
                .containsExactlyInAnyOrder("fresh.example", "in.fresh.example", "notify.fresh.example");
        assertThat(status.ownership().zone().origin()).isEqualTo(ZoneOrigin.Created);
    }

    @Test
    void anUnverifiedDestinationWaitsWithoutHoldingUpTheOtherRulesAndHealsByItself() {
        scene.destination(TEAM);
        scene.dashboard().addAddress("new@corp.example");
        scene.settledZone("settled.example");
        scene.mailDomain(
                "settled",
                "settled.example",
                rulesOf(forward("a@settled.example", "new@corp.example"), forward("b@settled.example", TEAM)));

        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("DestinationUnverified")
                .says("RulesSynced", "new@corp.example", "not a verified destination")
                .hasNo("Stalled"));
        assertThat(scene.mailDomain("settled").getStatus().rules())
                .extracting(rule -> rule.state())
                .containsExactly(RuleState.DestinationUnverified, RuleState.Synced);

        rig.control().verify("new@corp.example");
        scene.eventuallyReady("settled");
    }

    @Test
    void aMissingWorkerIsNamedAndHealsOnceItIsDeployed() {
        String zone = scene.settledZone("settled.example");
        scene.mailDomain(
                "settled", "settled.example", rulesOf("{address: a@settled.example, action: {worker: later-worker}}"));

        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("WorkerMissing")
                .says("RulesSynced", "later-worker")
                .hasNo("Stalled"));
        rig.control().putWorker("later-worker");
        scene.eventuallyReady("settled");
        assertThat(scene.addresses(zone)).isEqualTo(List.of("a@settled.example"));
    }

    @Test
    void whatCannotBeCreatedSaysWhatToWriteInstead() {
        scene.mailDomain("sub", "in.fresh.example");
        scene.eventuallyDomain("sub", status -> status.isNotReadyBecause("NotApex")
                .has("Stalled", "True")
                .says("Ready", "MailDomain for fresh.example", "spec.subdomains: [in]"));

        scene.mailDomain("adopt-only", "absent.example", "zone: {policy: AdoptOnly}");
        scene.eventuallyDomain("adopt-only", status -> status.isNotReadyBecause("ZoneNotFound"));
        assertThat(scene.zoneExists("absent.example")).isFalse();

        scene.activeZone("taken.example");
        scene.mailDomain("create-only", "taken.example", "zone: {policy: CreateOnly}");
        scene.eventuallyDomain("create-only", status -> status.isNotReadyBecause("ZoneExists"));
    }

    @Test
    void anOperatorKilledInTheMiddleGoesOnWhereItWas() {
        scene.destination(TEAM);
        rig.control()
                .addFault(Map.of(
                        "method",
                        "POST",
                        "path",
                        ".*/email/routing/rules",
                        "times",
                        1,
                        "fault",
                        Map.of("stall", "8s")));
        scene.mailDomain("fresh", "fresh.example", rulesOf(forward("a@fresh.example", TEAM)));
        eventually(() -> assertThat(scene.zoneExists("fresh.example")).isTrue());
        eventually(() -> assertThat(scene.routing(scene.dashboard().zoneId("fresh.example"))
                        .path("enabled")
                        .asBoolean())
                .isTrue());

        rig.restartOperator();
        rig.control().activate("fresh.example");

        scene.eventuallyReady("fresh");
        String zone = scene.dashboard().zoneId("fresh.example");
        assertThat(scene.addresses(zone)).containsExactly("a@fresh.example");
        assertThat(scene.mailDomain("fresh").getStatus().ownership().zone().origin())
                .isEqualTo(ZoneOrigin.Created);
    }
}
