package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.goesTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.Rig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A resource is deleted, and made again under its name while the operator still ends its work on the first one. */
class MadeAgainIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final Rig rig = Rig.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);
    private ApiProxy proxy;
    private OperatorProcess operator;
    private String zone;

    @BeforeEach
    void anOperatorBehindAProxy() {
        rig.operator().kill();
        zone = scene.settledZone(DOMAIN);
        proxy = ApiProxy.before(KubeApi.shared().config());
        operator = ProxiedOperator.start(rig, proxy);
        ProxiedOperator.leads(operator);
        scene.mailDomain("settled", DOMAIN);
        scene.eventuallyReady("settled");
    }

    @AfterEach
    void stop() {
        operator.kill();
        proxy.close();
    }

    /** Only the clock tells that a destination was verified: the second one must still be looked at again. */
    @Test
    void theEndOfTheFirstTakesNothingFromTheSecond() {
        scene.catchAll("all", "settled", "drop: true");
        scene.eventuallyCatchAll("all", StatusAssert::isReady);
        HeldAnswer released = proxy.holdAnswer(seen -> seen.method().equals("PATCH")
                && seen.path().contains("/catchallrules/all")
                && !seen.path().contains("/status"));
        scene.catchAlls("all").delete();
        eventually(() -> assertThat(released.isAsked()).isTrue());
        eventually(() -> assertThat(scene.catchAllRule("all")).isNull());

        rig.dashboard().addAddress("new@corp.example");
        scene.catchAll("all", "settled", "forwardTo: new@corp.example");
        scene.eventuallyCatchAll("all", status -> status.isNotReadyBecause("DestinationUnverified"));
        released.release();
        rig.control().verify("new@corp.example");

        scene.eventuallyCatchAll("all", StatusAssert::isReady);
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("forward new@corp.example");
    }
}
