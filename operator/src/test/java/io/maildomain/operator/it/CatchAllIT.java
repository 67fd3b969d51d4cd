package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.goesTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.Dashboard;
import io.maildomain.harness.OperatorExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mail that no rule names. */
class CatchAllIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);
    private String zone;

    @BeforeEach
    void aManagedDomainWithAForeignCatchAll() {
        scene.destination("archive@corp.example").destination("admin@corp.example");
        rig.control().putWorker("mailbox-worker");
        zone = scene.settledZone(DOMAIN);
        scene.dashboard().setCatchAll(zone, "archive", Dashboard.forward("archive@corp.example"));
        scene.mailDomain("settled", DOMAIN);
        scene.eventuallyReady("settled");
    }

    @Test
    void theCatchAllIsSetChangedAndGivenBack() {
        scene.catchAll("all", "settled", "worker: mailbox-worker");
        scene.eventuallyCatchAll("all", StatusAssert::isReady);
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("worker mailbox-worker");

        scene.catchAll("all", "settled", "forwardTo: admin@corp.example");
        eventually(() -> assertThat(goesTo(scene.catchAll(zone))).isEqualTo("forward admin@corp.example"));

        scene.catchAlls("all").delete();
        eventually(() -> assertThat(scene.catchAllRule("all")).isNull());
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("forward archive@corp.example");
        assertThat(scene.catchAll(zone).path("name").asText()).isEqualTo("archive");
        assertThat(scene.catchAll(zone).path("enabled").asBoolean()).isTrue();
    }

    @Test
    void resetAndRetainDoWhatTheySay() {
        scene.catchAll("all", "settled", "worker: mailbox-worker", "deletionPolicy: Retain");
        scene.eventuallyCatchAll("all", StatusAssert::isReady);
        scene.catchAlls("all").delete();
        eventually(() -> assertThat(scene.catchAllRule("all")).isNull());
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("worker mailbox-worker");

        scene.catchAll("all", "settled", "forwardTo: admin@corp.example", "deletionPolicy: Reset");
        eventually(() -> assertThat(goesTo(scene.catchAll(zone))).isEqualTo("forward admin@corp.example"));
        scene.eventuallyCatchAll("all", StatusAssert::isReady);
        scene.catchAlls("all").delete();
        eventually(() -> assertThat(scene.catchAllRule("all")).isNull());
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("drop");
        assertThat(scene.catchAll(zone).path("enabled").asBoolean()).isFalse();
    }

    @Test
    void aCatchAllThatSomebodyChangedSinceIsLeftAlone() {
        scene.catchAll("all", "settled", "worker: mailbox-worker");
        scene.eventuallyCatchAll("all", StatusAssert::isReady);
        scene.dashboard().setCatchAll(zone, "by hand", Dashboard.forward("admin@corp.example"));

        scene.catchAlls("all").delete();
        eventually(() -> assertThat(scene.catchAllRule("all")).isNull());
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("forward admin@corp.example");
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.startsWith("CatchAllKept")));
    }

    @Test
    void deletingTheMailDomainGivesTheCatchAllBackFirst() {
        scene.catchAll("all", "settled", "worker: mailbox-worker");
        scene.eventuallyCatchAll("all", StatusAssert::isReady);

        scene.delete("settled");
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("forward archive@corp.example");
        scene.eventuallyCatchAll("all", status -> status.isNotReadyBecause("DomainNotFound"));
        scene.catchAlls("all").delete();
        eventually(() -> assertThat(scene.catchAllRule("all")).isNull());
    }

    @Test
    void aRestoreThatCloudflareRefusesIsSaidAndDoesNotHoldTheResource() {
        scene.catchAll("all", "settled", "worker: mailbox-worker");
        scene.eventuallyCatchAll("all", StatusAssert::isReady);
        rig.control()
                .addFault(Map.of(
                        "method",
                        "PUT",
                        "path",
                        ".*/catch_all",
                        "times",
                        1,
                        "fault",
                        Map.of(
                                "status",
                                400,
                                "body",
                                Map.of(
                                        "success", false,
                                        "errors",
                                                List.of(Map.of(
                                                        "code",
                                                        2054,
                                                        "message",
                                                        "Destination address is not verified")),
                                        "messages", List.of()))));

        scene.catchAlls("all").delete();
        eventually(() -> assertThat(scene.catchAllRule("all")).isNull());
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("worker mailbox-worker");
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.startsWith("RestoreImpossible")));
    }
}
