package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.maildomain.harness.OperatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator that is told to hold a Secret and may not: all is as without holding, and it says so. */
class HeldSecretsWithoutRightIT {

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m", "--hand-over=1s", "--held-secrets=cloudflare-tokens");

    private final Scene scene = new Scene(rig);

    @Test
    void itSaysSoOnTheSecretAndUndoesWithTheTokenThatItRemembers() {
        scene.destination(TEAM);
        String zone = scene.activeZone("shop.example");
        rig.apply(scene.mailDomainYaml(rig.otherNamespace(), "left", "left.example", "suspend: true"));
        scene.mailDomain("shop", "shop.example", rulesOf(forward("a@shop.example", TEAM)));
        scene.eventuallyReady("shop");

        eventually(() -> assertThat(rig.client()
                        .v1()
                        .events()
                        .inNamespace(rig.operatorNamespace())
                        .list()
                        .getItems())
                .filteredOn(event -> "SecretNotHeld".equals(event.getReason()))
                .extracting(Event::getMessage)
                .singleElement()
                .asString()
                .contains("may not patch it", "heldSecrets.names"));
        assertThat(rig.client()
                        .secrets()
                        .inNamespace(rig.operatorNamespace())
                        .withName("cloudflare-tokens")
                        .get()
                        .getMetadata()
                        .getFinalizers())
                .isEmpty();

        rig.removeSecret();
        scene.delete("shop");

        eventually(() -> assertThat(scene.domains("shop").get()).isNull());
        assertThat(scene.addresses(zone)).isEmpty();
    }
}
