package io.maildomain.operator.it;

import static io.maildomain.operator.it.ProxiedOperator.leads;
import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.harness.ApiServerProxy;
import io.maildomain.harness.ApiServerRequest;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the kubelet is told while things go wrong that a restart would not mend. Of a worker that stops: {@code WatchdogTest}. */
class ProbesIT {

    /** Longer than several periods of the chart's readiness probe. */
    private static final Duration LONG = Duration.ofSeconds(12);

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=1s").withoutOperator();

    private final Scene scene = new Scene(rig);
    private ApiServerProxy proxy;
    private OperatorProcess operator;

    @BeforeEach
    void anOperatorBehindAProxy() {
        proxy = ApiServerProxy.withPlainWatches(KubeApi.shared().config());
        operator = ProxiedOperator.start(rig, proxy, "--leader-election=false");
        leads(operator);
        eventually(() -> assertThat(answer("/readyz")).isEqualTo("200 ready, leading"));
    }

    @AfterEach
    void stop() {
        operator.kill();
        proxy.close();
    }

    @Test
    void watchesThatAreCutAndRefusedFailNoProbe() {
        proxy.answer(ApiServerRequest::isWatch, 20, 503);
        proxy.cutWatches();

        bothPassFor(LONG);
        assertThat(proxy.hasTroubledEnough()).isTrue();
    }

    @Test
    void anApiServerThatIsGoneFailsNoProbe() {
        scene.destination(TEAM);
        scene.settledZone("seen.example");
        scene.mailDomain("seen", "seen.example", rulesOf(forward("a@seen.example", TEAM)));
        scene.eventuallyReady("seen");

        proxy.goAway();

        bothPassFor(LONG);
        eventually(() -> assertThat(operator.get("/metrics").body())
                .containsPattern("maildomain_reconcile_seconds_count\\{kind=\"maildomain\",result=\"error\"} [1-9]"));
        proxy.comeBack();
    }

    @Test
    void aReconcileUnderWayIsSeen() {
        scene.destination(TEAM);
        scene.settledZone("slow.example");
        rig.control()
                .addFault(Map.of(
                        "method", "GET", "path", "/zones", "after", 0, "times", 1, "fault", Map.of("stall", "4s")));

        scene.mailDomain("slow", "slow.example", rulesOf(forward("a@slow.example", TEAM)));

        eventually(() -> assertThat(operator.get("/metrics").body())
                .contains("maildomain_reconcile_running{kind=\"maildomain\"} 1.0"));
        scene.eventuallyReady("slow");
        eventually(() -> assertThat(operator.get("/metrics").body())
                .contains(
                        "maildomain_reconcile_running{kind=\"maildomain\"} 0.0",
                        "maildomain_reconcile_queue{kind=\"maildomain\"} 0.0",
                        "maildomain_reconcile_overdue_seconds{kind=\"maildomain\"} 0.0"));
    }

    @Test
    void aReplicaThatStandsByIsReadyAndSaysSo() {
        operator.kill();
        operator = ProxiedOperator.start(rig, proxy, "--leader-election", "--pod-name=first");
        leads(operator);
        try (ApiServerProxy another =
                        ApiServerProxy.withPlainWatches(KubeApi.shared().config());
                OperatorProcess second =
                        ProxiedOperator.start(rig, another, "--leader-election", "--pod-name=second")) {
            eventually(() -> assertThat(second.http()).isPresent());
            eventually(() -> {
                assertThat(answer(second, "/readyz")).matches("200 standing by, first_\\w+ leads");
                assertThat(answer(second, "/healthz")).matches("200 ok, standing by, first_\\w+ leads");
            });
            assertThat(second.get("/metrics").body())
                    .contains("maildomain_leader 0.0")
                    .doesNotContain("maildomain_resources{");
            assertThat(operator.get("/metrics").body()).contains("maildomain_leader 1.0");
        }
    }

    private void bothPassFor(Duration time) {
        await().during(time).atMost(time.multipliedBy(3)).untilAsserted(() -> {
            assertThat(answer("/healthz")).isEqualTo("200 ok");
            assertThat(answer("/readyz")).isEqualTo("200 ready, leading");
        });
    }

    private String answer(String path) {
        return answer(operator, path);
    }

    private static String answer(OperatorProcess process, String path) {
        HttpResponse<String> answer = process.get(path);
        return answer.statusCode() + " " + answer.body().strip();
    }
}
