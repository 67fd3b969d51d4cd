package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.Tenants.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.operator.it.Tenants.Untouched;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access that is taken away: changes stop at once, and nothing is undone. */
class RevokedAccessIT {

    private static final String MINE = "mine.example";
    private static final String GRANTED = "domains: [mine.example], workers: ['mine-*'], forwardTo: ['*']";

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=1s", "--final-base=300ms", "--final-cap=1s");

    private final Scene scene = new Scene(rig);
    private final Tenants tenants = new Tenants(rig, scene);
    private String zone;

    @BeforeEach
    void aDomainThatIsManaged() {
        scene.destination(TEAM);
        rig.control().putWorker("mine-1");
        zone = scene.settledZone(MINE);
        tenants.grant(GRANTED, ALL);
    }

    private void manage() {
        scene.mailDomain("mine", MINE, rulesOf(forward("a@" + MINE, TEAM)));
        scene.catchAll("mine", "mine", "worker: mine-1");
        scene.eventuallyReady("mine");
        scene.eventuallyCatchAll("mine", StatusAssert::isReady);
    }

    private void isDenied() {
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("AccessDenied")
                .has("Stalled", "True")
                .says("Ready", MINE, rig.namespace(), "spec.access"));
        scene.eventuallyCatchAll("mine", status -> status.isNotReadyBecause("AccessDenied")
                .says("Ready", MINE, rig.namespace(), "spec.access"));
    }

    @Test
    void rulesAndCatchAllAreLeftAsTheyAreWhateverThenChanges() {
        manage();
        tenants.revokeAll();
        isDenied();
        scene.dashboard().setCatchAll(zone, "by hand", Dashboard.forward(TEAM));
        Untouched untouched = tenants.untouched();
        scene.mailDomain("mine", MINE, rulesOf(forward("b@" + MINE, TEAM)));
        scene.catchAll("mine", "mine", "drop: true");
        scene.annotate("mine", "maildomain.io/reconcile-requested-at", "now");
        isDenied();
        untouched.nothingHappened();
        untouched.noCallAbout(MINE);

        tenants.grant(GRANTED, ALL);
        scene.eventuallyReady("mine");
        scene.eventuallyCatchAll("mine", StatusAssert::isReady);
        assertThat(scene.addresses(zone)).containsExactly("b@" + MINE);
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("drop");
    }

    @Test
    void deletingWhatLostItsAccessUndoesNothing() {
        manage();
        tenants.revokeAll();
        isDenied();
        Untouched untouched = tenants.untouched();
        scene.catchAlls("mine").delete();
        eventually(() -> assertThat(scene.catchAllRule("mine")).isNull());
        scene.delete("mine");
        untouched.nothingHappened();
        untouched.noCallAbout(MINE);
        assertThat(scene.addresses(zone)).containsExactly("a@" + MINE);
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("worker mine-1");
    }

    @Test
    void aWorkerOrDestinationThatIsTakenAwayStopsItsRulesAlone() {
        manage();
        tenants.grant("domains: [mine.example], forwardTo: ['*@elsewhere.example']", ALL);
        scene.eventuallyDomain(
                "mine", status -> status.isNotReadyBecause("AccessDenied").says("RulesSynced", TEAM, "forwardTo"));
        scene.eventuallyCatchAll(
                "mine", status -> status.isNotReadyBecause("AccessDenied").says("Ready", "mine-1", "workers"));
        JsonNode before = scene.cloudflare();
        scene.dashboard().setCatchAll(zone, "by hand", Dashboard.drop());
        scene.mailDomain(
                "mine", MINE, rulesOf(forward("a@" + MINE, TEAM), "{address: b@" + MINE + ", action: {drop: true}}"));
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("a@" + MINE, "b@" + MINE));
        assertThat(goesTo(scene.rule(zone, "a@" + MINE))).isEqualTo("forward " + TEAM);
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("drop");
        assertThat(before).isNotEqualTo(scene.cloudflare());
    }

    @Test
    void anAccountThatIsDeletedStopsAllOfIt() {
        manage();
        scene.forgetAccount(rig.account());
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("AccountNotFound"));
        scene.eventuallyCatchAll("mine", status -> status.isNotReadyBecause("AccountNotFound"));
        Untouched untouched = tenants.untouched();
        scene.mailDomain("mine", MINE, rulesOf(forward("b@" + MINE, TEAM)));
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("AccountNotFound"));
        untouched.nothingHappened();
        untouched.noCallAbout(MINE);
        tenants.grant(GRANTED, ALL);
        scene.eventuallyReady("mine");
    }

    @Test
    void aReconcileThatIsUnderWayEndsToo() {
        String[] rules = IntStream.range(0, 60)
                .mapToObj(i -> forward("a" + i + "@" + MINE, TEAM))
                .toArray(String[]::new);
        rig.control()
                .addFault(Map.of("method", "POST", "path", "/rules$", "times", 0, "fault", Map.of("stall", "200ms")));
        scene.mailDomain("mine", MINE, rulesOf(rules));
        eventually(() -> assertThat(scene.addresses(zone)).hasSizeGreaterThan(3));
        tenants.revokeAll();
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("AccessDenied"));
        assertThat(scene.addresses(zone)).hasSizeLessThan(40);
        Untouched untouched = tenants.untouched();
        scene.annotate("mine", "maildomain.io/reconcile-requested-at", "now");
        scene.delete("mine");
        untouched.nothingHappened();
        untouched.noCallAbout(MINE);
    }
}
