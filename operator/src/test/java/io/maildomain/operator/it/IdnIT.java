package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.harness.OperatorExtension;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A domain whose name Cloudflare answers in another form than it is asked by. */
class IdnIT {

    private static final String NAME = "xn--bcher-kva.example";
    private static final String ARCHIVE = "archive@xn--strae-oqa.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");

    private final Scene scene = new Scene(rig);

    @ParameterizedTest
    @ValueSource(strings = {"unicode", "unicode-everywhere"})
    void aDomainIsCreatedChangedAndDeletedAndLeavesNothing(String reading) {
        rig.control().quirk("zone-names", reading);
        scene.destination(TEAM).destination(ARCHIVE);
        JsonNode before = zones();
        scene.mailDomain(
                "books",
                NAME,
                "subdomains: [in]",
                "zone: {deletionPolicy: Delete}",
                rulesOf(forward("a@" + NAME, TEAM), forward("b@in." + NAME, ARCHIVE)));
        scene.eventuallyDomain(
                "books", status -> status.isNotReadyBecause("ZonePending").has("RulesSynced", "True"));
        assertThat(scene.mailDomain("books").getStatus().ownership().zone().origin())
                .isEqualTo(ZoneOrigin.Created);
        rig.control().activate(NAME);
        scene.eventuallyReady("books");
        scene.catchAll("books", "books", "forwardTo: " + ARCHIVE);
        scene.eventuallyCatchAll("books", StatusAssert::isReady);
        rig.control().clearCalls();
        scene.cloudflareStaysUnwritten();

        scene.mailDomain("books", NAME, "zone: {deletionPolicy: Delete}", rulesOf(forward("a@" + NAME, ARCHIVE)));
        scene.eventuallyReady("books");
        assertThat(scene.rules(scene.dashboard().zoneId(NAME))).hasSize(1);

        scene.catchAlls("books").delete();
        scene.delete("books");
        assertThat(zones()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unicode", "unicode-everywhere"})
    void aZoneOfOthersIsAdoptedAndGivenBackAsItWas(String reading) {
        scene.destination(TEAM).destination(ARCHIVE);
        String zone = scene.settledZone(NAME);
        rig.dashboard().createRule(zone, "theirs", "b@" + NAME, io.maildomain.harness.Dashboard.forward(ARCHIVE));
        rig.control().quirk("zone-names", reading);
        JsonNode before = scene.cloudflare();

        scene.mailDomain("books", NAME, rulesOf(forward("a@" + NAME, TEAM), forward("b@" + NAME, ARCHIVE)));
        scene.eventuallyReady("books");
        assertThat(scene.mailDomain("books").getStatus().rules())
                .extracting(rule -> rule.state())
                .isEqualTo(List.of(RuleState.Synced, RuleState.Matched));

        scene.delete("books");
        assertThat(scene.cloudflare()).isEqualTo(before);
    }

    private JsonNode zones() {
        return scene.cloudflare().path("zones");
    }
}
