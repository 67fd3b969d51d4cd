package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.harness.Answer;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.OperatorExtension;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Zones that stay when their MailDomain goes, and those that go: what was read, what was answered, and by which clock. */
class ZoneKeptIT {

    private static final String NEW = "new.example";
    private static final String RULES = "/email/routing/rules\\?";

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m").withAnswersThatCanChange();

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aDestination() {
        scene.destination(TEAM);
    }

    private void created(String... spec) {
        String[] all = java.util.Arrays.copyOf(spec, spec.length + 1);
        all[spec.length] = rulesOf(forward("a@" + NEW, TEAM));
        scene.mailDomain("new", NEW, all);
        scene.eventuallyDomain(
                "new", status -> status.isNotReadyBecause("ZonePending").has("RulesSynced", "True"));
    }

    /** @return the zone's id */
    private String createdAndGivenARuleByAColleague() {
        scene.mayReadDnsRecords();
        created();
        String zone = scene.dashboard().zoneId(NEW);
        scene.dashboard().createRule(zone, "a colleague", "theirs@" + NEW, Dashboard.forward(TEAM));
        return zone;
    }

    private void isNotedAsCreated() {
        assertThat(scene.mailDomain("new").getStatus().ownership().zone().origin())
                .isEqualTo(ZoneOrigin.Created);
    }

    private void theZoneGoesWithItsResource() {
        scene.delete("new");
        assertThat(scene.zoneExists(NEW)).isFalse();
    }

    private void theZoneStaysWithoutItsResource() {
        scene.delete("new");
        assertThat(scene.zoneExists(NEW)).isTrue();
    }

    private void zoneRoutingAndTheColleaguesRuleStay(String zone) {
        theZoneStaysWithoutItsResource();
        assertThat(scene.addresses(zone)).containsExactly("theirs@" + NEW);
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
    }

    private void saysThatItIsKeptBecause(String why) {
        eventually(() ->
                assertThat(scene.events()).anyMatch(event -> event.startsWith("ZoneKept") && event.contains(why)));
    }

    @Test
    void aPendingZoneIntoWhichPeopleImportedTheirRecordsStays() {
        scene.mayReadDnsRecords();
        created();
        String zone = scene.dashboard().zoneId(NEW);
        scene.dashboard()
                .call(
                        "POST",
                        "/zones/" + zone + "/dns_records",
                        Map.of("type", "A", "name", "www", "content", "192.0.2.1", "ttl", 3600));
        theZoneStaysWithoutItsResource();
        saysThatItIsKeptBecause("besides those of Email Routing");
    }

    @Test
    void aPendingZoneThatHoldsNothingElseGoesWhereThatCanBeSeen() {
        scene.mayReadDnsRecords();
        created();
        theZoneGoesWithItsResource();
    }

    @Test
    void withTheRuntimeRightsAloneItStaysAndTheEventSaysWhy() {
        created();
        theZoneStaysWithoutItsResource();
        saysThatItIsKeptBecause("Zone: DNS: Read");
    }

    @Test
    void aListThatContradictsItselfDoesNotMakeAZoneUnused() {
        String zone = createdAndGivenARuleByAColleague();
        rig.answers().change("GET", RULES, 3, answer -> answer.json(body -> body.putArray("result")));
        zoneRoutingAndTheColleaguesRuleStay(zone);
    }

    @Test
    void aListThatIsOlderThanAColleaguesRuleIsSeenThroughByTheNextLook() {
        String zone = createdAndGivenARuleByAColleague();
        rig.answers().change("GET", RULES, 2, without("a colleague"));
        zoneRoutingAndTheColleaguesRuleStay(zone);
    }

    @Test
    void aCatchAllThatTheListLeavesOutStillHoldsRoutingAndZone() {
        scene.mayReadDnsRecords();
        created();
        String zone = scene.dashboard().zoneId(NEW);
        scene.dashboard().setCatchAll(zone, "theirs", Dashboard.forward(TEAM));
        rig.answers().change("GET", RULES, without("theirs"));
        theZoneStaysWithoutItsResource();
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
    }

    private static UnaryOperator<Answer> without(String name) {
        return answer -> answer.json(body -> {
            ArrayNode kept = body.arrayNode();
            body.get("result").forEach(rule -> {
                if (!rule.path("name").asText().equals(name)) {
                    kept.add(rule);
                }
            });
            body.set("result", kept);
            ((ObjectNode) body.get("result_info")).put("count", kept.size()).put("total_count", kept.size());
        });
    }

    @Test
    void aZoneThatCloudflareWillNotDeleteHoldsNobodyUp() {
        created("zone: {deletionPolicy: Delete}");
        rig.control()
                .addFault(Map.of(
                        "method",
                        "DELETE",
                        "path",
                        "/zones/[0-9a-f]+$",
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
                                        java.util.List.of(
                                                Map.of("code", 1117, "message", "This zone has a subscription"))))));
        theZoneStaysWithoutItsResource();
        saysThatItIsKeptBecause("This zone has a subscription");
    }

    @Test
    void aZoneThatWasCreatedThoughTheAnswerSaidNoGoesWithItsResource() {
        rig.answers().change("POST", "/zones$", 1, answer -> answer.refused(400, 1052, "An error has occurred"));
        created("zone: {deletionPolicy: Delete}");
        isNotedAsCreated();
        theZoneGoesWithItsResource();
    }

    /** Everything that Cloudflare says of times is a minute late. */
    @Test
    void aZoneGoesThoughCloudflaresClockIsBehind() {
        for (String method : java.util.List.of("GET", "POST", "PUT", "DELETE")) {
            rig.answers().change(method, "", answer -> late(answer, 60));
        }
        rig.answers().change("POST", "/zones$", 1, answer -> answer.instead(502, "lost"));
        created("zone: {deletionPolicy: Delete}");
        isNotedAsCreated();
        theZoneGoesWithItsResource();
    }

    /** Only what the zone says of its age differs, as where a proxy writes its own {@code Date}. */
    @Test
    void orWhereOnlyTheZonesAgeTellsOfIt() {
        rig.answers().change("POST", "/zones$", ZoneKeptIT::twoSecondsOlder);
        rig.answers().change("GET", "/zones/[0-9a-f]+$", ZoneKeptIT::twoSecondsOlder);
        created("zone: {deletionPolicy: Delete}");
        theZoneGoesWithItsResource();
    }

    private static Answer twoSecondsOlder(Answer answer) {
        return answer.status() != 200 ? answer : answer.json(body -> older(body.get("result"), 2));
    }

    private static Answer late(Answer answer, int seconds) {
        DateTimeFormatter http = DateTimeFormatter.RFC_1123_DATE_TIME;
        Instant date = Instant.from(http.parse(answer.headers().get("Date"))).minusSeconds(seconds);
        Answer changed = answer.header("Date", http.format(date.atOffset(ZoneOffset.UTC)));
        return !changed.body().startsWith("{")
                ? changed
                : changed.json(body -> {
                    older(body.path("result"), seconds);
                    body.path("result").forEach(item -> older(item, seconds));
                });
    }

    private static void older(com.fasterxml.jackson.databind.JsonNode zone, int seconds) {
        if (zone.path("created_on").isTextual()) {
            ((ObjectNode) zone)
                    .put(
                            "created_on",
                            Instant.parse(zone.path("created_on").asText())
                                    .minusSeconds(seconds)
                                    .toString());
        }
    }
}
