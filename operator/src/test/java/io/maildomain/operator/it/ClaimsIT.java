package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.OperatorExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two resources that want the same. */
class ClaimsIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);
    private String zone;

    @BeforeEach
    void aSettledZone() {
        scene.destination(TEAM).destination("admin@corp.example");
        rig.control().putWorker("one");
        rig.control().putWorker("two");
        zone = scene.settledZone(DOMAIN);
    }

    @Test
    void theFirstMailDomainManagesTheDomainAndTheSecondTakesOverWhenItGoes() {
        scene.mailDomain("first", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("first");
        JsonNode before = scene.cloudflare();
        scene.mailDomain("second", DOMAIN, rulesOf(forward("b@" + DOMAIN, TEAM)));
        scene.eventuallyDomain("second", status -> status.isNotReadyBecause("Conflict")
                .has("Stalled", "True")
                .says("Ready", "MailDomain first"));
        assertThat(scene.cloudflare()).isEqualTo(before);
        scene.eventuallyReady("first");

        scene.delete("first");
        scene.eventuallyReady("second");
        assertThat(scene.addresses(zone)).containsExactly("b@" + DOMAIN);
    }

    @Test
    void deletingTheLoserUndoesNothing() {
        scene.mailDomain("first", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("first");
        scene.mailDomain("second", DOMAIN, rulesOf(forward("b@" + DOMAIN, TEAM)));
        scene.eventuallyDomain("second", status -> status.isNotReadyBecause("Conflict"));
        JsonNode before = scene.cloudflare();
        scene.delete("second");
        assertThat(scene.cloudflare()).isEqualTo(before);
        scene.eventuallyReady("first");
    }

    @Test
    void theOlderCatchAllWinsAndTheNextInheritsWhatWasThereBefore() {
        scene.dashboard().setCatchAll(zone, "archive", io.maildomain.harness.Dashboard.forward("admin@corp.example"));
        scene.mailDomain("settled", DOMAIN);
        scene.eventuallyReady("settled");
        scene.catchAll("one", "settled", "worker: one");
        scene.eventuallyCatchAll("one", StatusAssert::isReady);
        scene.catchAll("two", "settled", "worker: two");
        scene.eventuallyCatchAll(
                "two", status -> status.isNotReadyBecause("Conflict").says("Ready", "CatchAllRule one"));
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("worker one");
        scene.countFromNow();

        scene.catchAlls("one").delete();
        scene.eventuallyCatchAll("two", StatusAssert::isReady);
        eventually(() -> assertThat(scene.catchAllRule("one")).isNull());
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("worker two");
        assertThat(scene.calls()
                        .filter(call -> call.path("path").asText().endsWith("/catch_all"))
                        .filter(call -> call.path("method").asText().equals("PUT")))
                .as("one PUT, no restore in between")
                .hasSize(1);

        scene.catchAlls("two").delete();
        eventually(() -> assertThat(scene.catchAllRule("two")).isNull());
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("forward admin@corp.example");
        assertThat(scene.catchAll(zone).path("name").asText()).isEqualTo("archive");
    }
}
