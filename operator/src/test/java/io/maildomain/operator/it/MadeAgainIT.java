package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.goesTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.ApiServerProxy;
import io.maildomain.harness.Interference.Hold;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A resource is deleted, and created again under its name while the operator still ends its work on the first one. */
class MadeAgainIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m").withoutOperator();

    private final Scene scene = new Scene(rig);
    private ApiServerProxy proxy;
    private OperatorProcess operator;
    private String zone;

    @BeforeEach
    void anOperatorBehindAProxy() {
        zone = scene.settledZone(DOMAIN);
        proxy = ApiServerProxy.withPlainWatches(KubeApi.shared().config());
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
        Hold released = proxy.holdAnswer(seen -> seen.method().equals("PATCH")
                && seen.target().contains("/catchallrules/all")
                && !seen.target().contains("/status"));
        scene.catchAlls("all").delete();
        eventually(() -> assertThat(released.isReached()).isTrue());
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
