package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.OperatorExtension;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user switches Email Routing off, and Cloudflare answers what is not there any more in plain text. */
class PlainMissesIT {

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);

    @ParameterizedTest
    @ValueSource(strings = {"/email/routing/rules/catch_all$", "/email/routing/rules", "/email/routing($|/rules)"})
    void deletionGoesOn(String missing) {
        scene.destination(TEAM);
        String zone = scene.settledZone("settled.example");
        scene.mailDomain("settled", "settled.example", rulesOf(forward("a@settled.example", TEAM)));
        scene.eventuallyReady("settled");
        scene.catchAll("all", "settled", "forwardTo: " + TEAM);
        scene.eventuallyCatchAll("all", StatusAssert::isReady);

        scene.dashboard().call("POST", "/zones/" + zone + "/email/routing/disable", Map.of());
        rig.control()
                .addFault(Map.of(
                        "method",
                        "GET|PUT",
                        "path",
                        missing,
                        "times",
                        0,
                        "fault",
                        Map.of("status", 404, "body", "404 page not found")));

        scene.catchAlls("all").delete();
        eventually(() -> assertThat(scene.catchAllRule("all")).isNull());
        scene.delete("settled");
        assertThat(scene.zoneExists("settled.example")).isTrue();
    }
}
