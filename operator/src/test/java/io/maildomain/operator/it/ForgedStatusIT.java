package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.Tenants.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.Dashboard;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.operator.it.Tenants.Untouched;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a namespace gains by writing into its own statuses, the ownership record among them: nothing that it was not granted. */
class ForgedStatusIT {

    private static final String MINE = "mine.example";
    private static final String THEIRS = "theirs.example";
    private static final String ME = "me@mine.corp.example";

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m", "--final-base=300ms", "--final-cap=1s");

    private final Scene scene = new Scene(rig);
    private final Tenants tenants = new Tenants(rig, scene);
    private String theirZone;
    private String myZone;

    @BeforeEach
    void aNeighbourWhoHasWhatTheTenantMustNotReach() {
        scene.destination(TEAM).destination(ME);
        rig.control().putWorker("mine-1");
        theirZone = scene.settledZone(THEIRS);
        myZone = scene.settledZone(MINE);
        tenants.grant("domains: [mine.example], workers: ['mine-*'], forwardTo: ['*@mine.corp.example']", ALL);
        tenants.neighbourManages("theirs", THEIRS, rulesOf(forward("a@" + THEIRS, TEAM)));
    }

    private String lookAgain(String name) {
        return scene.annotate(name, "maildomain.io/reconcile-requested-at", String.valueOf(System.nanoTime()));
    }

    @Test
    void anOwnershipRecordWithSomebodyElsesZoneIsNotWorkedOnNorUndone() {
        scene.mailDomain("mine", MINE, rulesOf(forward("ok@" + MINE, ME)));
        scene.eventuallyReady("mine");
        String zone = "{id: " + theirZone + ", origin: Created, accountId: 0123456789abcdef0123456789abcdef}";
        tenants.forge(
                scene.mailDomain("mine"),
                "{ownership: {zone: " + zone + ", routing: {state: Enabled}, subdomains: [in." + THEIRS + "]}}");
        Untouched untouched = tenants.untouched();
        lookAgain("mine");
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("ZoneNotVisible"));
        scene.catchAll("mine", "mine", "worker: mine-1");
        scene.eventuallyCatchAll("mine", status -> status.has("Ready", "False"));
        scene.catchAlls("mine").delete();
        scene.delete("mine");
        untouched.nothingHappened();
    }

    @Test
    void aTakeOverThatNeverWasIsNotGivenBackToWhereTheTenantMayNotSend() {
        scene.mailDomain("mine", MINE, rulesOf(forward("a@" + MINE, ME), forward("b@" + MINE, ME)));
        scene.eventuallyReady("mine");
        String id = scene.rule(myZone, "a@" + MINE).path("id").asText();
        tenants.forge(
                scene.mailDomain("mine"),
                "{ownership: {adoptedRules: [{address: a@" + MINE + ", id: " + id
                        + ", previous: {name: x, enabled: true, priority: 0, actionType: forward, actionValue: "
                        + TEAM + "}}]}}");
        scene.mailDomain("mine", MINE, rulesOf(forward("b@" + MINE, ME)));
        scene.eventuallyReady("mine");
        assertThat(scene.rules(myZone)).noneMatch(rule -> goesTo(rule).equals("forward " + TEAM));
        scene.delete("mine");
        assertThat(scene.rules(myZone)).noneMatch(rule -> goesTo(rule).equals("forward " + TEAM));
    }

    @Test
    void aRuleThatWasTakenOverGoesBackToWhereTheTenantMayNotSendAndNowhereElse() {
        scene.dashboard().createRule(myZone, "theirs", "a@" + MINE, Dashboard.forward(TEAM));
        scene.dashboard().createRule(myZone, "theirs", "b@" + MINE, Dashboard.forward(TEAM));
        scene.destination("boss@corp.example");
        scene.mailDomain(
                "mine", MINE, "conflictPolicy: Adopt", rulesOf(forward("a@" + MINE, ME), forward("b@" + MINE, ME)));
        scene.eventuallyReady("mine");
        String b = scene.rule(myZone, "b@" + MINE).path("id").asText();
        String a = scene.rule(myZone, "a@" + MINE).path("id").asText();
        String previous = ", previous: {name: theirs, enabled: true, priority: 0, actionType: forward, actionValue: ";
        tenants.forge(
                scene.mailDomain("mine"),
                "{ownership: {adoptedRules: [{address: a@" + MINE + ", id: " + a + previous + TEAM + "}},"
                        + "{address: b@" + MINE + ", id: " + b + previous + "boss@corp.example}}]}}");
        scene.delete("mine");
        assertThat(goesTo(scene.rule(myZone, "a@" + MINE))).isEqualTo("forward " + TEAM);
        assertThat(goesTo(scene.rule(myZone, "b@" + MINE)))
                .as("what it was before is not known any more")
                .isEqualTo("forward " + ME);
        eventually(() -> assertThat(scene.events())
                .anyMatch(event -> event.startsWith("RuleKept") && event.contains("b@" + MINE)));
    }

    @Test
    void aCatchAllIsPutBackAsItWasAndNotAsSomebodyWroteIntoTheOwnershipRecord() {
        scene.dashboard().setCatchAll(myZone, "archive", Dashboard.forward(TEAM));
        scene.destination("boss@corp.example");
        scene.mailDomain("mine", MINE);
        scene.eventuallyReady("mine");
        scene.catchAll("mine", "mine", "worker: mine-1");
        scene.eventuallyCatchAll("mine", StatusAssert::isReady);
        tenants.forge(
                scene.catchAllRule("mine"),
                "{ownership: {previous: {name: x, enabled: true, actionType: forward, actionValue: boss@corp.example}}}");
        Untouched untouched = tenants.untouched();
        scene.catchAlls("mine").delete();
        eventually(() -> assertThat(scene.catchAllRule("mine")).isNull());
        untouched.nothingHappened();
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.startsWith("CatchAllKept")));
    }

    @Test
    void aCatchAllThatTheTenantMayNotWriteComesBackAllTheSame() {
        scene.dashboard().setCatchAll(myZone, "archive", Dashboard.forward(TEAM));
        scene.mailDomain("mine", MINE);
        scene.eventuallyReady("mine");
        scene.catchAll("mine", "mine", "worker: mine-1");
        scene.eventuallyCatchAll("mine", StatusAssert::isReady);
        scene.catchAll("mine", "mine", "forwardTo: " + ME);
        scene.eventuallyCatchAll("mine", StatusAssert::isReady);
        assertThat(goesTo(scene.catchAll(myZone))).isEqualTo("forward " + ME);
        scene.catchAlls("mine").delete();
        eventually(() -> assertThat(scene.catchAllRule("mine")).isNull());
        assertThat(goesTo(scene.catchAll(myZone))).isEqualTo("forward " + TEAM);
        assertThat(scene.catchAll(myZone).path("name").asText()).isEqualTo("archive");
    }

    @Test
    void aCatchAllOwnershipRecordOfSomebodyElsesZoneIsNotUndone() {
        scene.mailDomain("mine", MINE);
        scene.eventuallyReady("mine");
        scene.catchAll("mine", "mine", "worker: mine-1");
        scene.eventuallyCatchAll("mine", StatusAssert::isReady);
        String drop = "{name: '', enabled: true, actionType: drop}";
        tenants.forge(
                scene.catchAllRule("mine"),
                "{ownership: {zoneId: " + theirZone + ", previous: " + drop + ", intended: " + drop + ", applied: "
                        + drop + "}}");
        Untouched untouched = tenants.untouched();
        scene.catchAlls("mine").delete();
        eventually(() -> assertThat(scene.catchAllRule("mine")).isNull());
        untouched.nothingHappened();
    }

    @Test
    void aZoneThatTheTenantMayNotCreateIsNotDeletedEitherWhateverItsOwnershipRecordSays() {
        tenants.grant("domains: [mine.example, later.example]", ALL);
        scene.mailDomain("later", "later.example", "zone: {deletionPolicy: Delete}");
        scene.eventuallyDomain("later", status -> status.isNotReadyBecause("AccessDenied"));
        scene.activeZone("later.example");
        lookAgain("later");
        scene.eventuallyReady("later");
        tenants.forge(scene.mailDomain("later"), "{ownership: {zone: {origin: Created}}}");
        scene.delete("later");
        assertThat(scene.zoneExists("later.example")).isTrue();
        eventually(() -> assertThat(scene.events())
                .anyMatch(event -> event.startsWith("ZoneKept") && event.contains("createZones")));
    }
}
