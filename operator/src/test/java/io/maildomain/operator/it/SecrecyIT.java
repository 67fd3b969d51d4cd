package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every test of this package ends with a look for tokens ({@link OperatorExtension}); here the worst is done to make one show. */
class SecrecyIT {

    private static final String DOMAIN = "settled.example";
    private static final String BROKEN = "a-token-with-a-bell\u0007-in-the-middle-of-it-0000";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
            "--log-level=debug", "--log-format=json", "--drift-interval=1s", "--final-base=200ms", "--final-cap=1s");

    private final Scene scene = new Scene(rig);

    @Test
    void aServerThatEchoesTheTokenInEveryWayPutsItNowhere() {
        scene.destination(TEAM);
        scene.settledZone(DOMAIN);
        String echo = "you sent Bearer " + rig.token() + ", I know " + rig.token();
        refuse(Map.of("status", 403, "body", errors(10000, echo), "headers", Map.of("X-Echo", rig.token())), 2);
        refuse(Map.of("status", 400, "body", errors(31415, echo), "headers", Map.of("Retry-After", rig.token())), 2);
        refuse(Map.of("status", 502, "body", "<html>" + echo + "</html>"), 2);
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        eventually(() -> assertThat(scene.calls()
                        .filter(call -> call.path("faulty").asBoolean())
                        .count())
                .isEqualTo(6));
        assertThat(rig.leaks()).isEmpty();
    }

    @Test
    void tokensThatAreMalformedRotatedRevokedOrBrokenShowNowhere() {
        scene.destination(TEAM);
        scene.settledZone(DOMAIN);
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", BROKEN));
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("TokenMalformed"));
        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", "Bearer " + rig.token()));
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("TokenMalformed"));
        String other = "another-token-that-knows-the-three-rights-0000";
        rig.control().putToken("other", other, SimulatorControl.RUNTIME_RIGHTS);
        rig.putSecret(Map.of("CLOUDFLARE_RUNTIME_API_TOKEN", other, "CLOUDFLARE_API_TOKEN", rig.token()));
        scene.eventuallyReady("settled");
        rig.control().deleteToken("other");
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("TokenInvalid"));
        rig.restartOperator();
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("TokenInvalid"));
        assertThat(rig.leaks()).isEmpty();
    }

    @Test
    void theLookAtTheEndOfEachTestFindsATokenThatStandsSomewhere() {
        scene.mailDomain("settled", DOMAIN);
        eventually(() -> assertThat(scene.mailDomain("settled").getStatus()).isNotNull());
        assertThat(rig.leaks()).isEmpty();

        scene.annotate("settled", "maildomain.io/reconcile-requested-at", rig.token());
        assertThat(rig.leaks()).anyMatch(leak -> leak.contains("resources.json"));

        // The status repeats the value until the operator has seen another one.
        scene.annotate("settled", "maildomain.io/reconcile-requested-at", "now");
        eventually(() -> assertThat(rig.leaks()).isEmpty());
    }

    private void refuse(Map<String, ?> fault, int times) {
        rig.control().addFault(Map.of("method", "GET", "path", "/zones.*", "times", times, "fault", fault));
    }

    private static Map<String, ?> errors(int code, String message) {
        return Map.of("success", false, "errors", List.of(Map.of("code", code, "message", message)));
    }
}
