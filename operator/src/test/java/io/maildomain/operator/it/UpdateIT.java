package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.harness.OperatorExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each field of a spec that changes arrives at Cloudflare; what did not change costs nothing. */
class UpdateIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);
    private String zone;

    @BeforeEach
    void aSettledZone() {
        scene.destination(TEAM).destination("admin@corp.example");
        rig.control().putWorker("mailbox-worker");
        zone = scene.settledZone(DOMAIN);
    }

    @Test
    void eachFieldOfARuleIsChangedInPlaceWithoutEverDeletingTheRule() {
        String address = "hello@" + DOMAIN;
        scene.mailDomain("settled", DOMAIN, rulesOf(forward(address, TEAM)));
        scene.eventuallyReady("settled");
        String id = scene.rule(zone, address).path("id").asText();
        scene.countFromNow();

        scene.mailDomain("settled", DOMAIN, rulesOf(forward(address, "admin@corp.example")));
        eventually(() -> assertThat(goesTo(scene.rule(zone, address))).isEqualTo("forward admin@corp.example"));
        scene.mailDomain("settled", DOMAIN, rulesOf("{address: " + address + ", action: {worker: mailbox-worker}}"));
        eventually(() -> assertThat(goesTo(scene.rule(zone, address))).isEqualTo("worker mailbox-worker"));
        scene.mailDomain("settled", DOMAIN, rulesOf("{address: " + address + ", action: {drop: true}}"));
        eventually(() -> assertThat(goesTo(scene.rule(zone, address))).isEqualTo("drop"));
        scene.mailDomain(
                "settled", DOMAIN, rulesOf("{address: " + address + ", action: {drop: true}, enabled: false}"));
        eventually(() -> assertThat(scene.rule(zone, address).path("enabled").asBoolean())
                .isFalse());
        scene.mailDomain(
                "settled",
                DOMAIN,
                rulesOf("{address: " + address + ", action: {drop: true}, enabled: false, priority: 7}"));
        eventually(() ->
                assertThat(scene.rule(zone, address).path("priority").asInt()).isEqualTo(7));

        scene.eventuallyReady("settled");
        assertThat(scene.rule(zone, address).path("id").asText()).isEqualTo(id);
        assertThat(scene.calls().map(call -> call.path("method").asText())).doesNotContain("DELETE", "POST");
    }

    @Test
    void rulesSubdomainsAndSubaddressingComeAndGo() {
        JsonNode routingBefore = scene.routing(zone);
        scene.mailDomain(
                "settled",
                DOMAIN,
                "subaddressing: true",
                "subdomains: [notify]",
                rulesOf(forward("a@" + DOMAIN, TEAM), forward("b@in." + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        assertThat(scene.mailDomain("settled").getStatus().ownership().subdomains())
                .containsExactly("in." + DOMAIN, "notify." + DOMAIN);

        scene.mailDomain("settled", DOMAIN, rulesOf(forward("c@" + DOMAIN, TEAM)));
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("c@" + DOMAIN));
        scene.eventuallyReady("settled");
        assertThat(scene.routing(zone).path("support_subaddress")).isEqualTo(routingBefore.path("support_subaddress"));
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
        var ownership = scene.mailDomain("settled").getStatus().ownership();
        assertThat(ownership.subdomains()).isEmpty();
        assertThat(ownership.subaddressing()).isNull();
    }

    @Test
    void aBadRuleDoesNotHoldUpTheOthers() {
        scene.mailDomain(
                "settled",
                DOMAIN,
                rulesOf(
                        forward("a@" + DOMAIN, "nobody@corp.example"),
                        forward("b@" + DOMAIN, TEAM),
                        "{address: c@" + DOMAIN + ", action: {worker: missing}}",
                        forward("d@" + DOMAIN, TEAM)));
        scene.eventuallyDomain("settled", status -> status.has("Ready", "False").has("RulesSynced", "False"));
        assertThat(scene.addresses(zone)).containsExactly("b@" + DOMAIN, "d@" + DOMAIN);
        assertThat(scene.mailDomain("settled").getStatus().summary().rules()).isEqualTo("2/4");
    }

    @Test
    void suspendingStopsEveryCallAndDeletionStillRuns() {
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        scene.mailDomain("settled", DOMAIN, "suspend: true", rulesOf(forward("b@" + DOMAIN, TEAM)));
        eventually(() -> assertThat(scene.conditions("settled"))
                .anyMatch(condition -> condition.reason().equals("Suspended")));
        assertThat(scene.addresses(zone)).isEqualTo(List.of("a@" + DOMAIN));

        scene.delete("settled");
        assertThat(scene.addresses(zone)).isEmpty();
    }

    @Test
    void aConvergedDomainThatIsLookedAtAgainWritesNothingAnywhere() {
        scene.dashboard().setCatchAll(zone, "before", io.maildomain.harness.Dashboard.drop());
        scene.mailDomain(
                "settled",
                DOMAIN,
                "subaddressing: false",
                rulesOf(forward("a@" + DOMAIN, TEAM), forward("b@in." + DOMAIN, TEAM)));
        scene.catchAll("settled", "settled", "worker: mailbox-worker");
        scene.eventuallyReady("settled");
        scene.eventuallyCatchAll("settled", StatusAssert::isReady);
        scene.countFromNow();

        scene.annotate("settled", "maildomain.io/reconcile-requested-at", "once");
        eventually(() -> assertThat(ruleReads()).isEqualTo(1));
        scene.annotate("settled", "maildomain.io/reconcile-requested-at", "once more");
        eventually(() -> assertThat(ruleReads()).isEqualTo(2));
        MailDomainStatus before = scene.mailDomain("settled").getStatus();
        scene.annotate("settled", "maildomain.io/reconcile-requested-at", "and again");
        eventually(() -> assertThat(ruleReads()).isEqualTo(3));

        assertThat(scene.writes()).isZero();
        eventually(() -> assertThat(scene.mailDomain("settled").getStatus())
                .as("nothing in the status but that the request was heeded")
                .isEqualTo(before.withLastHandledReconcileAt("and again")));
    }

    private long ruleReads() {
        return scene.calls()
                .filter(call -> call.path("path").asText().matches(".*/email/routing/rules(\\?.*)?"))
                .count();
    }
}
