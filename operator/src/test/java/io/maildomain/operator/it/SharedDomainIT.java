package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static io.maildomain.operator.it.Tenants.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.OperatorExtension;
import io.maildomain.operator.it.Tenants.Untouched;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two namespaces that are granted one domain: who does not hold it learns no more than that, and inherits nothing. */
class SharedDomainIT {

    private static final String SHARED = "shared.example";
    private static final String ANY = "domains: ['*'], workers: ['mine-*'], forwardTo: ['*']";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);
    private final Tenants tenants = new Tenants(rig, scene);
    private String zone;

    @BeforeEach
    void aDomainThatBothAreGranted() {
        scene.destination(TEAM);
        rig.control().putWorker("mine-1");
        zone = scene.settledZone(SHARED);
        tenants.grant(ANY, ALL);
    }

    private void neighbourHolds() {
        tenants.neighbourManages("theirs", SHARED, rulesOf(forward("a@" + SHARED, TEAM)));
    }

    private void isConflict(String name) {
        scene.eventuallyDomain(
                name, status -> status.isNotReadyBecause("Conflict").has("Stalled", "True"));
    }

    @Test
    void aParkedClaimInheritsNothingUntilTheDomainIsGrantedByItsName() {
        neighbourHolds();
        Untouched untouched = tenants.untouched();
        scene.mailDomain("parked", SHARED, "conflictPolicy: Adopt", rulesOf(forward("mine@" + SHARED, TEAM)));
        isConflict("parked");
        untouched.nothingHappened();
        untouched.tenantLearnedNothingOf(SHARED);

        tenants.deleteNeighbours("theirs");
        untouched = tenants.untouched();
        scene.annotate("parked", "maildomain.io/reconcile-requested-at", "now");
        isConflict("parked");
        scene.annotate("parked", "maildomain.io/rebind-zone", "new");
        isConflict("parked");
        untouched.nothingHappened();
        untouched.tenantLearnedNothingOf(SHARED);

        tenants.grant(ANY.replace("['*'], workers", "[shared.example], workers"), ALL);
        scene.eventuallyReady("parked");
        assertThat(scene.addresses(zone)).containsExactly("mine@" + SHARED);
    }

    @Test
    void watchingADomainThatSomebodyElseHoldsShowsNothing() {
        neighbourHolds();
        Untouched untouched = tenants.untouched();
        scene.mailDomain("watch", SHARED, "mode: Observe");
        isConflict("watch");
        untouched.nothingHappened();
        untouched.tenantLearnedNothingOf(SHARED);
        assertThat(tenants.whatTheTenantSees()).doesNotContain("a@" + SHARED);
    }

    @Test
    void anOlderClaimDoesNotWinByANotedZoneIdThatIsMadeUp() {
        scene.mailDomain("mine", SHARED, "mode: Observe");
        scene.eventuallyReady("mine");
        neighbourHolds();
        tenants.forge(
                scene.mailDomain("mine"),
                "{ownership: {zone: {id: '" + "ab".repeat(16) + "', origin: Adopted,"
                        + " accountId: 0123456789abcdef0123456789abcdef}}}");
        scene.mailDomain("mine", SHARED, "mode: Manage", rulesOf(forward("mine@" + SHARED, TEAM)));
        scene.eventuallyDomain("mine", status -> status.has("Ready", "False"));
        rig.apply(scene.mailDomainYaml(rig.otherNamespace(), "theirs", SHARED, rulesOf(forward("b@" + SHARED, TEAM))));
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("b@" + SHARED));
        eventually(() -> assertThatConditions(
                        tenants.neighbours("theirs").getStatus().conditions())
                .isReady());
        scene.delete("mine");
        assertThat(scene.addresses(zone)).containsExactly("b@" + SHARED);
        tenants.deleteNeighbours("theirs");
        assertThat(scene.addresses(zone)).isEmpty();
    }

    @Test
    void anOlderClaimDoesNotWinByNotingTheZoneThatAnotherOneHolds() {
        scene.mailDomain("mine", SHARED, "mode: Observe");
        scene.eventuallyReady("mine");
        Instant created = Instant.parse(scene.mailDomain("mine").getMetadata().getCreationTimestamp());
        // Kubernetes counts whole seconds: only now is the neighbour's claim the younger one.
        eventually(() -> assertThat(Instant.now()).isAfter(created.plusSeconds(1)));
        neighbourHolds();
        tenants.forge(
                scene.mailDomain("mine"),
                "{ownership: {zone: {id: " + zone + ", origin: Adopted,"
                        + " accountId: 0123456789abcdef0123456789abcdef}}}");
        scene.mailDomain("mine", SHARED, "mode: Manage", rulesOf(forward("mine@" + SHARED, TEAM)));
        isConflict("mine");
        assertThat(scene.addresses(zone)).containsExactly("a@" + SHARED);
        assertThatConditions(tenants.neighbours("theirs").getStatus().conditions())
                .isReady();
    }

    @Test
    void aForgedMailDomainDoesNotOpenTheCatchAllOfWhoHoldsTheDomain() {
        neighbourHolds();
        scene.mailDomain("mine", SHARED);
        isConflict("mine");
        Untouched untouched = tenants.untouched();
        String condition = "{status: 'True', observedGeneration: 1, lastTransitionTime: '2026-01-01T00:00:00Z',"
                + " reason: Ready, message: '', type: ";
        tenants.forge(
                scene.mailDomain("mine"),
                "{ownership: {zone: {id: " + zone + ", origin: Adopted,"
                        + " accountId: 0123456789abcdef0123456789abcdef}}, conditions: [" + condition + "Ready}, "
                        + condition + "RoutingEnabled}]}");
        scene.catchAll("mine", "mine", "worker: mine-1");
        scene.eventuallyCatchAll("mine", status -> status.has("Ready", "False"));
        tenants.forge(
                scene.catchAllRule("mine"),
                "{ownership: {zoneId: " + zone + ", previous: {name: x, enabled: true, actionType: worker,"
                        + " actionValue: mine-1}, applied: {name: '', enabled: false, actionType: drop}}}");
        scene.catchAlls("mine").delete();
        eventually(() -> assertThat(scene.catchAllRule("mine")).isNull());
        scene.delete("mine");
        untouched.nothingHappened();
    }
}
