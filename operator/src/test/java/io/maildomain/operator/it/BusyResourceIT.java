package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.maildomain.harness.OperatorExtension;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another user keeps writing to a resource: that must neither keep it from its work nor cost calls to Cloudflare. */
class BusyResourceIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);

    @Test
    void whoKeepsChangingALabelMakesNobodyAskCloudflareAgain() {
        scene.destination(TEAM);
        scene.settledZone(DOMAIN);
        scene.mailDomain("busy", DOMAIN);
        scene.eventuallyReady("busy");
        scene.countFromNow();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        ExecutorService somebody = Executors.newSingleThreadExecutor();
        try {
            somebody.execute(() -> {
                for (int i = 0; goesOn.get(); i++) {
                    scene.domains("busy")
                            .patch(
                                    PatchContext.of(PatchType.JSON_MERGE),
                                    "{\"metadata\":{\"labels\":{\"count\":\"" + i + "\"}}}");
                }
            });
            String subdomains =
                    IntStream.range(0, 10).mapToObj(i -> "sub" + i).collect(Collectors.joining(", ", "[", "]"));
            scene.mailDomain("busy", DOMAIN, "subdomains: " + subdomains, rulesOf(forward("a@" + DOMAIN, TEAM)));
            scene.eventuallyReady("busy");
        } finally {
            goesOn.set(false);
            somebody.shutdown();
        }
        assertThat(scene.calls()
                        .filter(call -> call.path("method").asText().equals("GET"))
                        .filter(call -> call.path("path").asText().contains("/dns")))
                .as("one look at each host, and another one after all was done")
                .hasSizeLessThan(45);
    }
}
