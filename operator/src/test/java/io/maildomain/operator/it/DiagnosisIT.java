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

/** Cloudflare's refusals as they end up in conditions: reason, kstatus, and what to do. */
class DiagnosisIT {

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m", "--final-base=300ms", "--final-cap=1s");

    private final Scene scene = new Scene(rig);

    /** One refusal to add a zone. */
    private record Case(int code, String reason, String kstatus, String says) {}

    private static final List<Case> CASES = List.of(
            new Case(1049, "DomainNotRegistered", "Stalled", "register it first"),
            new Case(1097, "DomainRefused", "Stalled", "Cloudflare's support"),
            new Case(1099, "DomainNotRegistered", "Stalled", "public suffix"),
            new Case(1105, "ZoneAddedTooOften", "Reconciling", "three hours"),
            new Case(1110, "RegistrarLookupFailed", "Reconciling", "tried again"));

    @Test
    void eachRefusalToAddAZoneIsWordedAndHealsWhenCloudflareTakesTheDomain() {
        CASES.forEach(each -> rig.control().refuseDomain(domain(each), each.code()));
        CASES.forEach(each -> scene.mailDomain("d" + each.code(), domain(each)));
        CASES.forEach(each -> scene.eventuallyDomain("d" + each.code(), status -> status.isNotReady()
                .is(each.reason())
                .has(each.kstatus(), "True")
                .says("Ready", each.says(), "code " + each.code())));
        // Each further try notes it for a moment, until it is refused as well.
        eventually(() -> assertThat(scene.mailDomain("d1097").getStatus().ownershipRecord())
                .as("a definitive refusal takes the note back")
                .isEmpty());

        rig.control().allowDomain("d1097.example");
        scene.eventuallyDomain("d1097", status -> status.isNotReadyBecause("ZonePending"));
    }

    @Test
    void aZoneThatTheTokenDoesNotSeeIsNotTakenForOneThatIsNotThere() {
        scene.settledZone("hidden.example");
        rig.control()
                .putToken(
                        "runtime",
                        Map.of(
                                "value", rig.token(),
                                "rights", SimulatorControl.RUNTIME_RIGHTS,
                                "zones", List.of("another.example"),
                                "accounts", List.of("*")));
        scene.mailDomain("hidden", "hidden.example");
        scene.eventuallyDomain("hidden", status -> status.has("Ready", "False")
                .has("Stalled", "True")
                .says("Ready", "CLOUDFLARE_API_TOKEN", "for all zones of that account"));
        rig.control().putToken("runtime", rig.token(), SimulatorControl.RUNTIME_RIGHTS);
        scene.eventuallyReady("hidden");
    }

    @Test
    void aZoneThatSomebodyAddsBetweenLookAndCreationIsAdoptedAtTheNextLook() {
        scene.destination(TEAM);
        scene.settledZone("race.example");
        Map<String, ?> nothing = Map.of(
                "success",
                true,
                "errors",
                List.of(),
                "messages",
                List.of(),
                "result",
                List.of(),
                "result_info",
                Map.of("page", 1, "per_page", 50, "count", 0, "total_count", 0, "total_pages", 0));
        rig.control()
                .addFault(Map.of(
                        "method",
                        "GET",
                        "path",
                        "/zones\\?.*name=race",
                        "times",
                        1,
                        "fault",
                        Map.of("status", 200, "body", nothing)));
        scene.mailDomain("race", "race.example", rulesOf(forward("a@race.example", TEAM)));
        scene.eventuallyReady("race");
        assertThat(scene.mailDomain("race")
                        .getStatus()
                        .ownershipRecord()
                        .orElseThrow()
                        .zone()
                        .origin())
                .hasToString("Adopted");
        assertThat(scene.calls()
                        .filter(call -> call.path("method").asText().equals("POST"))
                        .filter(call -> call.path("path").asText().endsWith("/zones"))
                        .filter(call -> !call.path("token").asText().equals("start")))
                .as("refused once, with 1061")
                .hasSize(1);
    }

    @Test
    void anUnknownCodeKeepsItsTextAndItsCode() {
        rig.control()
                .addFault(Map.of(
                        "method",
                        "POST",
                        "path",
                        "/zones$",
                        "times",
                        0,
                        "fault",
                        Map.of(
                                "status",
                                400,
                                "body",
                                Map.of(
                                        "success",
                                        false,
                                        "errors",
                                        List.of(Map.of("code", 31415, "message", "the moon is in the wrong house"))))));
        scene.mailDomain("moon", "moon.example");
        scene.eventuallyDomain("moon", status -> status.isNotReadyBecause("RequestRefused")
                .has("Stalled", "True")
                .says("ZoneReady", "the moon is in the wrong house", "HTTP 400", "code 31415"));
    }

    @Test
    void noConnectionIsSaidAndHealsByItself() {
        scene.destination(TEAM);
        scene.settledZone("settled.example");
        rig.control().addFault(Map.of("path", ".*", "times", 0, "fault", Map.of("reset", "before")));
        scene.mailDomain("settled", "settled.example", rulesOf(forward("a@settled.example", TEAM)));
        scene.eventuallyDomain("settled", status -> status.has("Ready", "Unknown")
                .has("Reconciling", "True")
                .says("Ready", "the connection broke"));
        rig.control().clearFaults();
        scene.eventuallyReady("settled");
        eventually(() ->
                assertThat(scene.conditions("settled")).noneMatch(c -> c.type().equals("Reconciling")));
    }

    private static String domain(Case each) {
        return "d" + each.code() + ".example";
    }
}
