package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest is renamed: the zone, its rules and its routing stay, and so does the mail. */
class RenameIT {

    private static final String SHOP = "shop.example";
    private static final String DELETE = "zone: {deletionPolicy: Delete}";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aDestination() {
        scene.destination(TEAM);
    }

    private static final String[] RULES = {DELETE, rulesOf(forward("a@" + SHOP, TEAM), forward("b@in." + SHOP, TEAM))};

    /** A zone that the operator created and that is active. @return its id */
    private String managed(String name) {
        scene.mailDomain(name, SHOP, RULES);
        scene.eventuallyDomain(name, status -> status.isNotReadyBecause("ZonePending"));
        rig.control().activate(SHOP);
        scene.annotate(name, "maildomain.io/reconcile-requested-at", "now");
        scene.eventuallyReady(name);
        return scene.mailDomain(name).getStatus().zone().id();
    }

    private void nothingWasUndone(String zone) {
        assertThat(scene.calls()
                        .map(call -> call.path("method").asText() + " "
                                + call.path("path").asText())
                        .filter(call -> !call.startsWith("GET")))
                .noneMatch(call -> call.startsWith("DELETE") && !call.contains("/rules/"))
                .noneMatch(call -> call.contains("/email/routing/disable") || call.contains("/email/routing/enable"))
                .noneMatch(call -> call.startsWith("POST") && call.endsWith("/zones"));
        assertThat(scene.zoneExists(SHOP)).isTrue();
        assertThat(rig.dashboard().get("/zones?name=" + SHOP).path(0).path("id").asText())
                .isEqualTo(zone);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void renamedInOneNamespace(boolean readsDns) {
        if (readsDns) {
            List<String> rights = new ArrayList<>(SimulatorControl.RUNTIME_RIGHTS);
            rights.add("Zone: DNS: Read");
            rig.control().putToken("runtime", rig.token(), rights);
        }
        String zone = managed("old");
        scene.mailDomain("renamed", SHOP, RULES);
        scene.eventuallyDomain("renamed", status -> status.isNotReadyBecause("Conflict"));
        scene.countFromNow();

        scene.delete("old");
        scene.eventuallyReady("renamed");

        assertThat(scene.writes()).isZero();
        nothingWasUndone(zone);
        assertThat(scene.addresses(zone)).containsExactly("a@" + SHOP, "b@in." + SHOP);
        assertThat(scene.mailDomain("renamed").getStatus().ownership().zone().origin())
                .isEqualTo(ZoneOrigin.Created);

        scene.delete("renamed");
        assertThat(scene.zoneExists(SHOP)).isFalse();
        eventually(() -> assertThat(records()).isZero());
    }

    private long records() {
        return rig.client().configMaps().inNamespace(rig.operatorNamespace()).list().getItems().stream()
                .filter(map -> map.getMetadata().getName().startsWith("maildomain-"))
                .count();
    }

    @Test
    void appliedAndPrunedAtOnce() {
        String zone = managed("old");
        scene.countFromNow();
        scene.mailDomain("renamed", SHOP, DELETE, rulesOf(forward("a@" + SHOP, TEAM), forward("c@" + SHOP, TEAM)));
        scene.delete("old");
        scene.eventuallyReady("renamed");
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("a@" + SHOP, "c@" + SHOP));
        assertThat(scene.calls()
                        .filter(call -> call.path("method").asText().equals("DELETE"))
                        .filter(call -> call.path("path").asText().contains("/rules/")))
                .as("only the rule that no spec wants any more")
                .hasSize(1);
        assertThat(scene.zoneExists(SHOP)).isTrue();
    }

    @Test
    void aSuccessorInAnotherNamespaceThatIsGrantedTheDomainByName() {
        Tenants tenants = new Tenants(rig, scene);
        tenants.grant(Tenants.ALL, Tenants.ALL.replace("['*'], createZones", "[" + SHOP + "], createZones"));
        String zone = managed("old");
        rig.apply(scene.mailDomainYaml(rig.otherNamespace(), "theirs", SHOP, RULES));
        eventually(() -> assertThatConditions(
                        tenants.neighbours("theirs").getStatus().conditions())
                .isNotReadyBecause("Conflict"));
        scene.countFromNow();

        scene.delete("old");

        eventually(() -> assertThatConditions(
                        tenants.neighbours("theirs").getStatus().conditions())
                .isReady());
        assertThat(scene.writes()).isZero();
        nothingWasUndone(zone);
        tenants.deleteNeighbours("theirs");
        assertThat(scene.zoneExists(SHOP)).isFalse();
    }

    @Test
    void theCatchAllIsRenamedAlong() {
        String zone = managed("old");
        JsonNode before = scene.catchAll(zone);
        scene.catchAll("old", "old", "forwardTo: " + TEAM);
        scene.eventuallyCatchAll("old", StatusAssert::isReady);
        scene.mailDomain("renamed", SHOP, RULES);
        scene.catchAll("renamed", "renamed", "drop: true");
        scene.eventuallyDomain("renamed", status -> status.isNotReadyBecause("Conflict"));
        scene.countFromNow();

        scene.domains("old").delete();
        scene.catchAlls("old").delete();

        eventually(() -> assertThat(scene.catchAllRule("old")).isNull());
        eventually(() -> assertThat(scene.mailDomain("old")).isNull());
        scene.eventuallyCatchAll("renamed", StatusAssert::isReady);
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("drop");
        assertThat(scene.writes()).as("one PUT, no restore in between").isEqualTo(1);
        nothingWasUndone(zone);

        scene.catchAlls("renamed").delete();
        eventually(() -> assertThat(scene.catchAllRule("renamed")).isNull());
        assertThat(scene.catchAll(zone).path("enabled")).isEqualTo(before.path("enabled"));
    }

    @Test
    void theOperatorIsKilledWhileItHandsOver() {
        String zone = managed("old");
        scene.mailDomain("renamed", SHOP, RULES);
        scene.eventuallyDomain("renamed", status -> status.isNotReadyBecause("Conflict"));
        scene.countFromNow();
        rig.operator().kill();
        MailDomain old = scene.mailDomain("old");
        scene.domains("old").delete();
        Tenants tenants = new Tenants(rig, scene);
        tenants.forge(
                scene.mailDomain("renamed"),
                "{ownership: {zone: {id: " + zone + ", origin: Created, accountId: "
                        + old.getStatus().ownership().zone().accountId() + "}}}");
        rig.restartOperator();

        eventually(() -> assertThat(scene.mailDomain("old")).isNull());
        scene.eventuallyReady("renamed");
        assertThat(scene.writes()).isZero();
        nothingWasUndone(zone);
        assertThat(scene.mailDomain("renamed").getStatus().ownership().routing())
                .isEqualTo(old.getStatus().ownership().routing());
    }
}
