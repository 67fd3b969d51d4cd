package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.Answer;
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

    private final World world = World.whoseAnswersCanChange().usual();

    @AfterEach
    void stop() {
        world.close();
    }

    /** A zone that we created, for a MailDomain that deletes it with itself. */
    private MailDomain created(String policy) {
        MailDomain domain = world.domain(
                "new",
                "{'domain':'new.example','subdomains':['in'],'zone':{'deletionPolicy':'" + policy
                        + "'},'rules':[{'address':'spam@new.example','action':{'drop':true}}]}");
        world.settle();
        assertThat(world.ledger(domain).zone().origin().name()).isEqualTo("Created");
        world.controls().clearCalls();
        return domain;
    }

    private void mayReadRecords() {
        world.token(
                "tokens",
                "reader",
                "Zone: Zone: Edit",
                "Zone: Email Routing Rules: Edit",
                "Zone: Zone Settings: Edit",
                "Zone: DNS: Read");
    }

    private boolean zoneIsThere() {
        return world.controls().zone("new.example").isPresent();
    }

    private void isGoneAndZoneStaysAsItIs(MailDomain domain, int rules) {
        assertThat(world.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(world.controls().zone("new.example").orElseThrow().routesMail())
                .isTrue();
        assertThat(world.controls().zone("new.example").orElseThrow().rules()).hasSize(rules);
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
        world.zone("new.example", THEIRS);
        world.answers().change("GET", RULES, 1, empty(2));
        world.delete(domain);
        world.settle();
        isGoneAndZoneStaysAsItIs(domain, 1);
    }

    /** The list is older than the colleague's rule, and says nothing of that. */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aListThatLagsIsSeenByTheNextLook(int old) {
        mayReadRecords();
        MailDomain domain = created("DeleteIfUnused");
        world.zone("new.example", THEIRS);
        world.answers()
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
        world.delete(domain);
        world.settle();
        isGoneAndZoneStaysAsItIs(domain, 1);
        assertThat(world.events).anyMatch(event -> event.startsWith("RoutingKept"));
    }

    @Test
    void aListThatLeavesEverythingOutIsNotBelievedThoughItSaysSoTwice() {
        mayReadRecords();
        MailDomain domain = created("DeleteIfUnused");
        world.zone("new.example", THEIRS);
        world.answers().change("GET", RULES, empty(0));
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).as("deletion never wedges").isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(world.events)
                .anyMatch(event -> event.startsWith("ZoneKept") && event.contains("leaves the catch-all out"))
                .anyMatch(event -> event.startsWith("RoutingKept"));
    }

    @ParameterizedTest
    @CsvSource({"DeleteIfUnused", "Delete"})
    void aCatchAllThatTheListLeavesOutIsAskedForByItself(String policy) {
        mayReadRecords();
        MailDomain domain = created(policy);
        world.zone("new.example", "{'catch_all':{'worker':'mailbox','enabled':true}}");
        world.answers().change("GET", RULES, withoutCatchAll());
        world.delete(domain);
        world.settle();
        isGoneAndZoneStaysAsItIs(domain, 0);
    }

    @Test
    void aRuleThatIsListedThoughItWasDeletedDoesNotHoldTheResourceForGood() {
        MailDomain domain = created("Delete");
        var listed = world.controls().zone("new.example").orElseThrow().rules();
        assertThat(listed).hasSize(1);
        String[] old = new String[1];
        world.answers().change("GET", RULES, answer -> {
            old[0] = old[0] == null ? answer.body() : old[0];
            return answer.instead(200, old[0]);
        });
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(world.events).anyMatch(event -> event.startsWith("ZoneKept") && event.contains("goes on listing"));
    }

    @Test
    void whenEverybodyAgreesTheZoneGoes() {
        mayReadRecords();
        MailDomain domain = created("DeleteIfUnused");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isFalse();
    }

    @Test
    void theRecordsOfASubdomainStayWhereALateLookShowsWhoNeedsThem() {
        MailDomain domain = created("Delete");
        world.zone("new.example", THEIRS.replace("theirs@new", "theirs@in.new"));
        world.answers().change("GET", RULES, 1, withoutColleague());
        world.domain("new", "{'domain':'new.example','zone':{'deletionPolicy':'Delete'},'rules':[]}");
        world.settle();
        assertThat(world.controls().zone("new.example").orElseThrow().routing().routes("in.new.example"))
                .isTrue();
        assertThat(world.ledger(domain).subdomains()).containsExactly("in.new.example");
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
        world.zone("new.example", "{'dns_records':[{'type':'A','name':'www','content':'192.0.2.1'}]}");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(world.events).anyMatch(event -> event.startsWith("ZoneKept") && event.contains("besides those"));
    }

    @Test
    void aPendingZoneWhoseRecordsNobodyMayReadStaysAndTheMessageSaysWhatToDo() {
        MailDomain domain = created("DeleteIfUnused");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(zoneIsThere()).isTrue();
        assertThat(world.events)
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
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.controls().zone("new.example").orElseThrow().routesMail())
                .isFalse();
        assertThat(world.events)
                .anyMatch(event -> event.startsWith("ZoneKept") && event.contains(words) && event.contains("" + code));
    }

    @ParameterizedTest
    @CsvSource({"403, 10000", "429, 971", "500, 10001", "400, 1052", "404, "})
    void whatIsPassingOrTheTokensFaultIsWaitedFor(int status, Integer code) {
        MailDomain domain = created("Delete");
        refuse("DELETE", "/zones/[0-9a-f]{32}$", status, code, "words");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isFalse();
    }

    @Test
    void routingThatCloudflareWillNotDisableIsKept() {
        world.zone("new.example", "{'status':'active'}");
        MailDomain domain = world.domain("new", World.NEW);
        world.settle();
        refuse("POST", "/email/routing/disable$", 409, 4711, "In use by another product");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.events)
                .anyMatch(event -> event.startsWith("RoutingKept") && event.contains("In use by another product"));
    }

    @Test
    void theRecordsOfASubdomainThatCloudflareWillNotRemoveAreKept() {
        world.zone("new.example", "{'status':'active','routing':true}");
        MailDomain domain = world.domain("new", "{'domain':'new.example','subdomains':['in'],'rules':[]}");
        world.settle();
        refuse("DELETE", "/email/routing/dns$", 400, 4711, "Not this one");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.events).anyMatch(event -> event.startsWith("RecordsKept") && event.contains("Not this one"));
    }

    private void refuse(String method, String path, int status, Integer code, String words) {
        String envelope = "{\"success\":false,\"result\":null,\"messages\":[],\"errors\":["
                + (code == null ? "" : "{\"code\":" + code + ",\"message\":\"" + words + "\"}") + "]}";
        world.refuses(method, path, status, envelope);
    }

    // ---- what stays is said

    @Test
    void aRuleOfOursThatAnotherToolRewroteMarkIncludedIsSaid() {
        world.zone("{'status':'active'}");
        MailDomain domain = world.domain("example", World.TEAM);
        world.settle();
        world.zone("{'rules':[{'name':'a tool','address':'hello@example.com','forward_to':'team@corp.example'}]}");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.events).anyMatch(event -> event.startsWith("RuleKept") && event.contains("hello@example.com"));
    }

    @Test
    void whoLostItsAccessIsToldThatEverythingStays() {
        world.zone("{'status':'active'}");
        MailDomain domain = world.domain("example", World.TEAM);
        world.settle();
        world.account("default", "tokens", world.simulator.accountId(), "[]");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.zone().rules()).hasSize(1);
        assertThat(world.events).anyMatch(event -> event.startsWith("AccessDenied") && event.contains("stays there"));
    }
}
