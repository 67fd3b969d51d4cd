package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DestinationAddresses on a real API server, under the rights that the chart gives for them. */
class DestinationIT {

    private static final String DOMAIN = "forwards.example";
    private static final String EMAIL = "new@corp.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--destination-addresses", "--drift-interval=10m")
            .withChart(Map.of("destinationAddresses", Map.of("enabled", true)));

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void theTokenHasTheOptionalRight() {
        tokenMay("Account: Email Routing Addresses: Edit");
    }

    private void tokenMay(String... more) {
        List<String> rights = Stream.concat(SimulatorControl.RUNTIME_RIGHTS.stream(), Stream.of(more))
                .toList();
        rig.control().putToken("runtime", rig.token(), rights);
    }

    private Resource<DestinationAddress> destination() {
        return rig.client()
                .resources(DestinationAddress.class)
                .inNamespace(rig.namespace())
                .withName("new");
    }

    private void applies(DeletionPolicy policy) {
        DestinationAddress destination = new DestinationAddress();
        destination.setMetadata(new ObjectMetaBuilder()
                .withNamespace(rig.namespace())
                .withName("new")
                .build());
        destination.setSpec(new DestinationAddressSpec(new AccountRef(rig.account()), EMAIL, policy));
        rig.client().resource(destination).create();
    }

    private void eventuallyStands(DestinationState state) {
        eventually(() -> {
            DestinationAddressStatus status = destination().get().getStatus();
            assertThat(status.state()).as(String.valueOf(status.conditions())).isEqualTo(state);
        });
    }

    private long creations() {
        return scene.calls()
                .filter(call -> call.path("method").asText().equals("POST"))
                .filter(call -> call.path("path").asText().contains("/email/routing/addresses"))
                .count();
    }

    @Test
    void anAddressIsCreatedOnceAndItsRuleFollowsTheClick() {
        applies(DeletionPolicy.Retain);
        eventuallyStands(DestinationState.Unverified);
        String zone = scene.settledZone(DOMAIN);
        scene.mailDomain("forwards", DOMAIN, rulesOf(forward("hello@" + DOMAIN, EMAIL)));
        scene.eventuallyDomain("forwards", status -> status.isNotReadyBecause("DestinationUnverified"));
        rig.restartOperator();
        assertThat(scene.rules(zone)).isEmpty();

        rig.control().verify(EMAIL);

        eventuallyStands(DestinationState.Verified);
        scene.eventuallyReady("forwards");
        assertThat(scene.addresses(zone)).containsExactly("hello@" + DOMAIN);
        assertThat(creations()).isEqualTo(1);
    }

    @Test
    void itGoesOnlyOnceNothingForwardsToIt() {
        applies(DeletionPolicy.Delete);
        eventuallyStands(DestinationState.Unverified);
        rig.control().verify(EMAIL);
        eventuallyStands(DestinationState.Verified);
        scene.settledZone(DOMAIN);
        scene.mailDomain("forwards", DOMAIN, rulesOf(forward("hello@" + DOMAIN, EMAIL)));
        scene.eventuallyReady("forwards");

        destination().delete();
        eventually(() -> assertThat(destination()
                        .get()
                        .getStatus()
                        .condition("Ready")
                        .orElseThrow()
                        .reason())
                .isEqualTo("DestinationInUse"));

        scene.mailDomain("forwards", DOMAIN);
        scene.eventuallyReady("forwards");
        eventually(() -> assertThat(destination().get()).isNull());
        assertThat(scene.cloudflare().toString()).doesNotContain(EMAIL);
    }

    @Test
    void withoutTheRightItSaysSoAndDomainsGoOn() {
        tokenMay();
        scene.destination(Scene.TEAM);
        applies(DeletionPolicy.Retain);
        eventuallyStands(DestinationState.Unknown);
        assertThat(destination()
                        .get()
                        .getStatus()
                        .condition("Ready")
                        .orElseThrow()
                        .reason())
                .isEqualTo("PermissionMissing");

        scene.settledZone(DOMAIN);
        scene.mailDomain("forwards", DOMAIN, rulesOf(forward("hello@" + DOMAIN, Scene.TEAM)));
        scene.eventuallyReady("forwards");
    }

    /** It creates and deletes none. */
    @Test
    void theOperatorMayDoNoMoreThanItNeeds() {
        assertThat(rig.mayOperator("patch", "maildomain.io", "destinationaddresses", rig.namespace()))
                .isTrue();
        assertThat(rig.mayOperator("create", "maildomain.io", "destinationaddresses", rig.namespace()))
                .isFalse();
        assertThat(rig.mayOperator("delete", "maildomain.io", "destinationaddresses", rig.namespace()))
                .isFalse();
    }
}
