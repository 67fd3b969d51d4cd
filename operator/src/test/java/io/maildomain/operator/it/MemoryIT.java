package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.OperatorExtension;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In the memory of the chart's container: what people of one namespace store does not end it for all others. */
class MemoryIT {

    private static final int CROWD = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Nearly all that the API server takes of annotations. */
    private static final String LARGE = "x".repeat(250_000);

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m").inTheChartsMemory();

    private final Scene scene = new Scene(rig);

    @Test
    void whatNamespacesWithoutAGrantStoreInTheirResourcesEndsNobodysMail() {
        scene.destination(TEAM);
        String zone = scene.settledZone("tenant.example");
        crowd(number -> Map.of("annotations", Map.of("stranger.example/notes", LARGE)));

        scene.mailDomain("tenant", "tenant.example", rulesOf(forward("a@tenant.example", TEAM)));
        scene.eventuallyReady("tenant");
        assertThat(rig.operator().isAlive()).isTrue();

        rig.restartOperator();
        scene.mailDomain("tenant", "tenant.example", rulesOf(forward("b@tenant.example", TEAM)));
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("b@tenant.example"));
        crowdLeaves();
        assertThat(rig.operator().isAlive()).isTrue();
    }

    /** As a user with the right to create MailDomains in a namespace that is granted nothing can. */
    private void crowd(IntFunction<Map<String, ?>> metadata) {
        IntStream.range(0, CROWD).parallel().forEach(number -> {
            String name = "stranger-" + number;
            rig.apply(scene.mailDomainYaml(rig.otherNamespace(), name, name + ".example", "suspend: false"));
            rig.client()
                    .resources(MailDomain.class)
                    .inNamespace(rig.otherNamespace())
                    .withName(name)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            Serialization.asJson(Map.of("metadata", metadata.apply(number))));
        });
    }

    private void crowdLeaves() {
        var strangers = rig.client().resources(MailDomain.class).inNamespace(rig.otherNamespace());
        IntStream.range(0, CROWD).parallel().forEach(number -> rig.client()
                .resource(stranger(number))
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"annotations\": null}}"));
        strangers.delete();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(strangers.list().getItems()).isEmpty());
    }

    private MailDomain stranger(int number) {
        MailDomain stranger = new MailDomain();
        stranger.setMetadata(new ObjectMetaBuilder()
                .withName("stranger-" + number)
                .withNamespace(rig.otherNamespace())
                .build());
        return stranger;
    }
}
