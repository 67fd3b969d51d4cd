package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.Answer;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be taken back: a list that lags or lies, sources that disagree, refusals that Cloudflare has its reasons for. */
class LastStepsTest {

    private static final String RULES = "/email/routing/rules\\?";
    private static final String THEIRS =
            "{'rules':[{'name':'a colleague','address':'theirs@new.example','forward_to':'team@corp.example'}]}";

    private final ScenarioDsl scenario = new ScenarioDsl(Options.usual().withAnswersThatCanChange()).usual();

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** A zone that we created, for a MailDomain that deletes it with itself. */
    private MailDomain created(String policy) {
        MailDomain domain = scenario.domain(
                "new",
                "{'domain':'new.example','subdomains':['in'],'zone':{'deletionPolicy':'" + policy
                        + "'},'rules':[{'address':'spam@new.example','action':{'drop':true}}]}");
        scenario.settle();
        assertThat(scenario.ownership(domain).zone().origin().name()).isEqualTo("Created");
        scenario.controls().clearCalls();
        return domain;
    }

    private void mayReadRecords() {
        scenario.token(
                "tokens",
                "reader",
                "Zone: Zone: Edit",
                "Zone: Email Routing Rules: Edit",
                "Zone: Zone Settings: Edit",
                "Zone: DNS: Read");
    }

    private boolean zoneIsThere() {
        return scenario.controls().zone("new.example").isPresent();
    }

    private void isGoneAndZoneStaysAsItIs(MailDomain domain, int rules) {
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(scenario.controls().zone("new.example").orElseThrow().routesMail())
                .isTrue();
        assertThat(scenario.controls().zone("new.example").orElseThrow().rules())
                .hasSize(rules);
    }

    private static UnaryOperator<Answer> empty(Integer total) {
        return answer -> answer.json(body -> {
            body.putArray("result");
            ((ObjectNode) body.get("result_info")).put("count", 0).put("total_count", total);
        });
    }

    private static UnaryOperator<Answer> withoutCatchAll() {
        return answer -> answer.json(body -> {
            var kept = body.arrayNode();
            body.get("result").forEach(rule -> {
                if (!rule.path("matchers").path(0).path("type").asText().equals("all")) {
                    kept.add(rule);
                }
            });
            body.set("result", kept);
            ((ObjectNode) body.get("result_info")).put("count", kept.size()).put("total_count", kept.size());
        });
    }

    // ---- a list that lags or lies

    @Test
    void aListThatSaysOfItselfThatItIsNotEmptyIsNoEmptyList() {
        mayReadRecords();
        MailDomain domain = created("DeleteIfUnused");
        scenario.zone("new.example", THEIRS);
        scenario.answers().change("GET", RULES, 1, empty(2));
        scenario.delete(domain);
        scenario.settle();
        isGoneAndZoneStaysAsItIs(domain, 1);
    }

    /** The list is older than the colleague's rule, and says nothing of that. */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aListThatLagsIsSeenByTheNextLook(int old) {
        mayReadRecords();
        MailDomain domain = created("DeleteIfUnused");
        scenario.zone("new.example", THEIRS);
        scenario.answers()
                .change(
                        "GET",
                        RULES,
                        old,
                        answer -> answer.json(body -> {
                            var kept = body.arrayNode();
                            body.get("result").forEach(rule -> {
                                if (!rule.path("name").asText().equals("a colleague")) {
                                    kept.add(rule);
                                }
                            });
                            body.set("result", kept);
                            ((ObjectNode) body.get("result_info"))
                                    .put("count", kept.size())
                                    .put("total_count", kept.size());
                        }));
        scenario.delete(domain);
        scenario.settle();
        isGoneAndZoneStaysAsItIs(domain, 1);
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("RoutingKept"));
    }

    @Test
    void aListThatLeavesEverythingOutIsNotBelievedThoughItSaysSoTwice() {
        mayReadRecords();
        MailDomain domain = created("DeleteIfUnused");
        scenario.zone("new.example", THEIRS);
        scenario.answers().change("GET", RULES, empty(0));
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).as("deletion never wedges").isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("ZoneKept") && event.contains("leaves the catch-all out"))
                .anyMatch(event -> event.startsWith("RoutingKept"));
    }

    @ParameterizedTest
    @CsvSource({"DeleteIfUnused", "Delete"})
    void aCatchAllThatTheListLeavesOutIsAskedForByItself(String policy) {
        mayReadRecords();
        MailDomain domain = created(policy);
        scenario.zone("new.example", "{'catch_all':{'worker':'mailbox','enabled':true}}");
        scenario.answers().change("GET", RULES, withoutCatchAll());
        scenario.delete(domain);
        scenario.settle();
        isGoneAndZoneStaysAsItIs(domain, 0);
    }

    @Test
    void aRuleThatIsListedThoughItWasDeletedDoesNotHoldTheResourceForGood() {
        MailDomain domain = created("Delete");
        var listed = scenario.controls().zone("new.example").orElseThrow().rules();
        assertThat(listed).hasSize(1);
        String[] old = new String[1];
        scenario.answers().change("GET", RULES, answer -> {
            old[0] = old[0] == null ? answer.body() : old[0];
            return answer.instead(200, old[0]);
        });
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("ZoneKept") && event.contains("goes on listing"));
    }

    @Test
    void whenEverybodyAgreesTheZoneGoes() {
        mayReadRecords();
        MailDomain domain = created("DeleteIfUnused");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isFalse();
    }

    @Test
    void theRecordsOfASubdomainStayWhereALateLookShowsWhoNeedsThem() {
        MailDomain domain = created("Delete");
        scenario.zone("new.example", THEIRS.replace("theirs@new", "theirs@in.new"));
        scenario.answers().change("GET", RULES, 1, withoutColleague());
        scenario.domain("new", "{'domain':'new.example','zone':{'deletionPolicy':'Delete'},'rules':[]}");
        scenario.settle();
        assertThat(scenario.controls()
                        .zone("new.example")
                        .orElseThrow()
                        .routing()
                        .routes("in.new.example"))
                .isTrue();
        assertThat(scenario.ownership(domain).subdomains()).containsExactly("in.new.example");
    }

    private static UnaryOperator<Answer> withoutColleague() {
        return answer -> answer.json(body -> {
            var kept = body.arrayNode();
            body.get("result").forEach(rule -> {
                if (!rule.path("name").asText().equals("a colleague")) {
                    kept.add(rule);
                }
            });
            body.set("result", kept);
            ((ObjectNode) body.get("result_info")).put("count", kept.size()).put("total_count", kept.size());
        });
    }

    // ---- a zone that is in use

    @Test
    void aPendingZoneThatPeopleFilledStays() {
        mayReadRecords();
        MailDomain domain = created("DeleteIfUnused");
        scenario.zone("new.example", "{'dns_records':[{'type':'A','name':'www','content':'192.0.2.1'}]}");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("ZoneKept") && event.contains("besides those"));
    }

    @Test
    void aPendingZoneWhoseRecordsNobodyMayReadStaysAndTheMessageSaysWhatToDo() {
        MailDomain domain = created("DeleteIfUnused");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("ZoneKept")
                        && event.contains("Zone: DNS: Read")
                        && event.contains("Delete it in Cloudflare"));
    }

    // ---- refusals

    @ParameterizedTest
    @CsvSource({
        "400, 1117, This zone has an active subscription",
        "403, 1150, This zone has a hold",
        "409, 4711, Not now",
    })
    void aZoneThatCloudflareWillNotDeleteIsKeptAndItsWordsAreSaid(int status, int code, String words) {
        MailDomain domain = created("Delete");
        refuse("DELETE", "/zones/[0-9a-f]{32}$", status, code, words);
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.controls().zone("new.example").orElseThrow().routesMail())
                .isFalse();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("ZoneKept") && event.contains(words) && event.contains("" + code));
    }

    @ParameterizedTest
    @CsvSource({"403, 10000", "429, 971", "500, 10001", "400, 1052", "404, "})
    void whatIsPassingOrTheTokensFaultIsWaitedFor(int status, Integer code) {
        MailDomain domain = created("Delete");
        refuse("DELETE", "/zones/[0-9a-f]{32}$", status, code, "words");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isFalse();
    }

    @Test
    void routingThatCloudflareWillNotDisableIsKept() {
        scenario.zone("new.example", "{'status':'active'}");
        MailDomain domain = scenario.domain("new", ScenarioDsl.NEW);
        scenario.settle();
        refuse("POST", "/email/routing/disable$", 409, 4711, "In use by another product");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("RoutingKept") && event.contains("In use by another product"));
    }

    @Test
    void theRecordsOfASubdomainThatCloudflareWillNotRemoveAreKept() {
        scenario.zone("new.example", "{'status':'active','routing':true}");
        MailDomain domain = scenario.domain("new", "{'domain':'new.example','subdomains':['in'],'rules':[]}");
        scenario.settle();
        refuse("DELETE", "/email/routing/dns$", 400, 4711, "Not this one");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("RecordsKept") && event.contains("Not this one"));
    }

    @Test
    void aRuleThatCloudflareWillNotDeleteStaysAndItsWordsAreSaid() {
        scenario.zone("{'status':'active'}");
        MailDomain domain = scenario.domain("example", ScenarioDsl.TEAM);
        scenario.settle();
        refuse("DELETE", "/email/routing/rules/", 400, 4711, "This rule is protected");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.addresses()).containsExactly("hello@example.com");
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("RuleKept")
                        && event.contains("hello@example.com")
                        && event.contains("This rule is protected"));
    }

    @ParameterizedTest
    @CsvSource({"403, 10000", "429, 971", "500, 10001"})
    void aRuleWhoseDeletionIsRefusedForNowIsWaitedFor(int status, int code) {
        scenario.zone("{'status':'active'}");
        MailDomain domain = scenario.domain("example", ScenarioDsl.TEAM);
        scenario.settle();
        refuse("DELETE", "/email/routing/rules/", status, code, "words");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isFalse();
    }

    @Test
    void subaddressingThatCloudflareWillNotPutBackStaysAndItsWordsAreSaid() {
        scenario.zone("{'status':'active','routing':true}");
        MailDomain domain = scenario.domain("example", "{'rules':[],'subaddressing':true}");
        scenario.settle();
        assertThat(scenario.ownership(domain).subaddressing()).isNotNull();
        refuse("PATCH", "/email/routing$", 400, 4711, "Not on this plan");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("RestoreImpossible")
                        && event.contains("subaddressing")
                        && event.contains("Not on this plan"));
    }

    @Test
    void aCatchAllThatCloudflareWillNotTakeBackStaysAndItsWordsAreSaid() {
        CatchAllRule rule = caught();
        refuse("PUT", "/email/routing/rules/catch_all$", 400, 4711, "Not on this plan");
        scenario.delete(rule);
        scenario.settle();
        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("RestoreImpossible") && event.contains("Not on this plan"));
    }

    /** What a zone's status means that is new to us is not known: it is not written to, for undoing neither. */
    @Test
    void aCatchAllIsNotGivenBackInAZoneWhoseStatusIsNotKnown() {
        CatchAllRule rule = caught();
        scenario.answers()
                .change(
                        "GET",
                        "/zones/[0-9a-f]{32}$",
                        answer -> answer.json(body -> ((ObjectNode) body.get("result")).put("status", "frozen")));
        scenario.controls().clearCalls();
        scenario.delete(rule);
        scenario.turn();
        scenario.turn();
        assertThat(scenario.isGone(rule)).isFalse();
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.ready(rule)).endsWith("ZoneStatusUnknown");
    }

    private CatchAllRule caught() {
        scenario.zone("{'status':'active','routing':true}");
        scenario.domain("example", ScenarioDsl.SPAM);
        scenario.settle();
        CatchAllRule rule = scenario.catchAll("all", "{'action':{'forwardTo':'team@corp.example'}}");
        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        return rule;
    }

    private void refuse(String method, String path, int status, Integer code, String words) {
        String envelope = "{\"success\":false,\"result\":null,\"messages\":[],\"errors\":["
                + (code == null ? "" : "{\"code\":" + code + ",\"message\":\"" + words + "\"}") + "]}";
        scenario.refuses(method, path, status, envelope);
    }

    // ---- what stays is said

    @Test
    void aRuleOfOursThatAnotherToolRewroteMarkIncludedIsSaid() {
        scenario.zone("{'status':'active'}");
        MailDomain domain = scenario.domain("example", ScenarioDsl.TEAM);
        scenario.settle();
        scenario.zone("{'rules':[{'name':'a tool','address':'hello@example.com','forward_to':'team@corp.example'}]}");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("RuleKept") && event.contains("hello@example.com"));
    }

    @Test
    void whoLostItsAccessIsToldThatItsCatchAllStays() {
        CatchAllRule rule = caught();
        scenario.account("default", "tokens", scenario.env().simulator().accountId(), "[]");
        scenario.delete(rule);
        scenario.settle();
        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().catchAll().enabled()).isTrue();
        assertThat(scenario.events())
                .anyMatch(event ->
                        event.startsWith("AccessDenied") && event.contains("the catch-all of example.com stays"));
    }

    @Test
    void whoLostItsAccessIsToldThatEverythingStays() {
        scenario.zone("{'status':'active'}");
        MailDomain domain = scenario.domain("example", ScenarioDsl.TEAM);
        scenario.settle();
        scenario.account("default", "tokens", scenario.env().simulator().accountId(), "[]");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().rules()).hasSize(1);
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("AccessDenied") && event.contains("stays there"));
    }
}
