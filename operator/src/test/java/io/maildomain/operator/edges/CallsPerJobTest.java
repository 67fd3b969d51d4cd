package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.quirks.Quirk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which calls a job takes, one by one: each says something that no answer before it did, or guards something that others may
 * change.
 */
class CallsPerJobTest {

    private static final String TWO_RULES =
            "{'rules':[{'address':'a@example.com','action':{'drop':true}},{'address':'b@example.com','action':{'drop':true}}]}";

    private static final String OTHER_RULE = TWO_RULES.replace(
            "'b@example.com','action':{'drop':true}", "'b@example.com','action':{'forwardTo':'team@corp.example'}");

    private static final String[] WHOLE_LOOK = {
        "GET /zones/{zone_id}", "GET /zones/{zone_id}/email/routing", "GET /zones/{zone_id}/email/routing/rules"
    };

    private final ScenarioDsl scenario = new ScenarioDsl(Options.usual().withAnswersThatCanChange()).usual();

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** Since they were last asked for. */
    private List<String> calls() {
        List<String> calls =
                scenario.controls().calls().stream().map(SeenCall::key).toList();
        scenario.controls().clearCalls();
        return calls;
    }

    @Test
    void aZoneThatWasCreatedJustNowIsNotRead() {
        MailDomain domain = scenario.domain("example", TWO_RULES);

        scenario.reconcile(domain);

        assertThat(calls())
                .containsExactly(
                        "GET /zones",
                        "POST /zones",
                        "POST /zones/{zone_id}/email/routing/enable",
                        "POST /zones/{zone_id}/email/routing/rules",
                        "POST /zones/{zone_id}/email/routing/rules");
        assertThat(scenario.condition(domain, "RulesSynced").status()).isEqualTo("True");
        assertThat(scenario.condition(domain, "DNSReady").status()).isEqualTo("True");
        assertThat(scenario.condition(domain, "RoutingEnabled").status()).isEqualTo("True");
    }

    @Test
    void aZoneThatCloudflareSaysItCreatedAndThatIsOlderThanTheRequestIsReadLikeAnyOther() {
        scenario.answers()
                .change(
                        "POST",
                        "/zones$",
                        1,
                        answer -> answer.json(body ->
                                ((ObjectNode) body.path("result")).put("created_on", "2020-01-01T00:00:00.000000Z")));
        MailDomain domain = scenario.domain("example", TWO_RULES);

        scenario.reconcile(domain);

        assertThat(calls())
                .containsSubsequence(
                        "POST /zones",
                        "GET /zones/{zone_id}/email/routing",
                        "GET /zones/{zone_id}/email/routing/dns",
                        "GET /zones/{zone_id}/email/routing/rules",
                        "POST /zones/{zone_id}/email/routing/enable");
    }

    @Test
    void aRuleThatAnotherUserWritesInTheMomentOfCreationIsNotOverwritten() {
        scenario.answers().change("POST", "/zones$", 1, answer -> {
            scenario.zone("{'rules':[{'address':'a@example.com','forward_to':'team@corp.example','name':'theirs'}]}");
            return answer;
        });
        MailDomain domain = scenario.domain("example", TWO_RULES);

        scenario.reconcile(domain);
        assertThat(scenario.condition(domain, "RulesSynced").status()).isEqualTo("False");
        scenario.settle();

        assertThat(scenario.zone().rules()).anyMatch(rule -> rule.name().equals("theirs"));
        assertThat(scenario.addresses()).containsExactlyInAnyOrder("a@example.com", "b@example.com");
        assertThat(scenario.condition(domain, "RulesSynced").reason()).isEqualTo("Conflict");
    }

    @Test
    void recordsOfAnotherProviderThatAnotherUserAddsInTheMomentOfCreationStayWhereCloudflareKeepsThem() {
        scenario.answers().change("POST", "/zones$", 1, answer -> {
            scenario.zone("{'dns_records':[{'type':'MX','content':'mx.example.net','priority':10}]}");
            return answer;
        });
        MailDomain domain = scenario.domain("example", TWO_RULES);

        scenario.reconcile(domain);

        assertThat(scenario.zone().routesMail()).isFalse();
        assertThat(scenario.condition(domain, "RoutingEnabled").reason()).isEqualTo("ForeignRecords");
    }

    @Test
    void settingsAreReadAgainWhereTheAnswerToEnablingDoesNotShowThatAllIsWell() {
        scenario.controls().quirk(Quirk.ENABLING_ADDS_RECORDS, "no");
        MailDomain domain = scenario.domain("example", TWO_RULES);

        scenario.reconcile(domain);

        assertThat(calls())
                .containsSubsequence(
                        "POST /zones/{zone_id}/email/routing/enable",
                        "GET /zones/{zone_id}/email/routing",
                        "GET /zones/{zone_id}/email/routing/dns");
        assertThat(scenario.condition(domain, "DNSReady").status()).isEqualTo("False");
    }

    @Test
    void theSettingsOfANewZoneAreReadWhereTheSpecSpeaksOfThem() {
        scenario.domain("example", ScenarioDsl.with(TWO_RULES, "'subaddressing':false"));

        scenario.turn();

        assertThat(calls()).contains("GET /zones/{zone_id}/email/routing");
    }

    // A zone that is waited for.

    @Test
    void ofAZoneThatWaitsForTheRegistrarOnlyTheZoneIsReadUntilItIsActive() {
        MailDomain domain = scenario.domain("example", TWO_RULES);
        scenario.reconcile(domain);
        calls();

        scenario.reconcile(domain);
        assertThat(calls()).containsExactly("GET /zones/{zone_id}");
        assertThat(scenario.ready(domain)).isEqualTo("False ZonePending");

        scenario.controls().activate("example.com");
        scenario.reconcile(domain);
        assertThat(calls()).containsExactly("GET /zones/{zone_id}");
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");

        scenario.reconcile(domain);
        assertThat(calls()).as("from now on it is checked").containsExactly(WHOLE_LOOK);
    }

    @Test
    void aZoneThatWaitsForLongIsReadAsAWholeNowAndThen() {
        MailDomain domain = scenario.domain("example", TWO_RULES);
        scenario.reconcile(domain);
        scenario.later(Duration.ofMinutes(6));
        scenario.reconcile(domain);
        scenario.later(Duration.ofMinutes(6));
        calls();

        scenario.reconcile(domain);

        assertThat(calls()).as("that it was polled meanwhile does not count").containsExactly(WHOLE_LOOK);
    }

    // One rule.

    @Test
    void oneChangedRuleTakesTheListOfRulesAndTheWrite() {
        MailDomain domain = readyDomain();

        scenario.domain("example", OTHER_RULE);
        scenario.reconcile(domain);

        assertThat(calls())
                .containsExactly(
                        "GET /zones/{zone_id}/email/routing/rules",
                        "PUT /zones/{zone_id}/email/routing/rules/{rule_identifier}");
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        scenario.nothingFlaps();
    }

    @Test
    void anEditLongAfterTheLastWholeLookTakesAnotherOne() {
        MailDomain domain = readyDomain();
        scenario.later(Duration.ofMinutes(6));
        scenario.domain("example", OTHER_RULE);
        scenario.reconcile(domain);
        scenario.later(Duration.ofMinutes(6));
        calls();

        scenario.domain("example", TWO_RULES);
        scenario.reconcile(domain);

        assertThat(calls()).startsWith(WHOLE_LOOK);
    }

    @Test
    void anEditAfterARestartTakesAWholeLook() {
        readyDomain();
        scenario.restarts();

        MailDomain domain = scenario.domain("example", OTHER_RULE);
        scenario.reconcile(domain);

        assertThat(calls()).startsWith(WHOLE_LOOK);
    }

    @Test
    void anEditThatAsksForMoreThanRulesTakesAWholeLook() {
        MailDomain domain = readyDomain();

        scenario.domain("example", ScenarioDsl.with(TWO_RULES, "'subdomains':['in']"));
        scenario.reconcile(domain);
        assertThat(calls()).startsWith(WHOLE_LOOK[0], WHOLE_LOOK[1]);

        scenario.reconcile(domain);
        calls();
        scenario.domain("example", ScenarioDsl.with(TWO_RULES, "'subdomains':['in'],'subaddressing':true"));
        scenario.reconcile(domain);
        assertThat(calls()).contains(WHOLE_LOOK[0], WHOLE_LOOK[1]);
        assertThat(scenario.zone().routing().supportSubaddress()).isTrue();
    }

    @Test
    void aDomainThatWasSuspendedIsLookedAtAsAWholeAfterwards() {
        MailDomain domain = readyDomain();
        scenario.domain("example", ScenarioDsl.with(TWO_RULES, "'suspend':true"));
        scenario.reconcile(domain);
        scenario.zone("{'routing':false}");
        scenario.domain("example", TWO_RULES);

        scenario.reconcile(domain);

        assertThat(calls()).startsWith(WHOLE_LOOK[0], WHOLE_LOOK[1]);
        assertThat(scenario.zone().routesMail()).isTrue();
    }

    @Test
    void aUserWhoAsksForALookGetsAWholeOne() {
        MailDomain domain = readyDomain();
        scenario.domain("example", OTHER_RULE);
        scenario.annotate(domain, "maildomain.io/reconcile-requested-at", "now");

        scenario.reconcile(domain);

        assertThat(calls()).startsWith(WHOLE_LOOK);
    }

    @Test
    void aRuleThatAnotherUserMadeForTheNewAddressIsSeenBeforeAnythingIsWritten() {
        MailDomain domain = readyDomain();
        scenario.zone("{'rules':[{'address':'b@example.com','forward_to':'team@corp.example','name':'theirs'}]}");
        scenario.domain("example", TWO_RULES.replace("a@", "c@"));

        scenario.reconcile(domain);

        assertThat(scenario.writes()).containsExactly("POST /zones/{zone_id}/email/routing/rules");
        assertThat(scenario.addresses()).containsExactlyInAnyOrder("b@example.com", "c@example.com");
        assertThat(scenario.condition(domain, "RulesSynced").reason()).isEqualTo("Conflict");
    }

    @Test
    void aZoneThatIsGoneIsNoticedByAnEditAsWell() {
        MailDomain domain = readyDomain();
        scenario.controls().removeZone("example.com");
        scenario.domain("example", OTHER_RULE);

        scenario.settle();

        assertThat(scenario.ready(domain)).isEqualTo("False ZoneNotVisible");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void routingThatAnotherUserSwitchedOffSinceGoesOnAgainAtTheNextCheck() {
        MailDomain domain = readyDomain();
        scenario.zone("{'routing':false}");
        scenario.domain("example", OTHER_RULE);

        scenario.reconcile(domain);
        scenario.reconcile(domain);

        assertThat(scenario.zone().routesMail()).isTrue();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
    }

    @Test
    void aStatusThatNamesAnotherZoneIsNotBelieved() {
        MailDomain domain = readyDomain();
        scenario.zone("other.example", "{'status':'active','routing':true}");
        String other = scenario.controls().zone("other.example").orElseThrow().id();
        scenario.ownership(
                domain,
                ownership -> ownership.withZone(new ZoneOwnership(
                        other, ownership.zone().accountId(), ownership.zone().origin(), null)));
        scenario.domain("example", OTHER_RULE);

        scenario.settle();

        assertThat(scenario.controls().zone("other.example").orElseThrow().rules())
                .isEmpty();
        assertThat(scenario.ready(domain)).isEqualTo("False ZoneNotVisible");
    }

    // The catch-all.

    @Test
    void aCatchAllThatFollowsItsDomainIsReadOnceBeforeItIsWritten() {
        MailDomain domain = scenario.domain("example", TWO_RULES);
        scenario.reconcile(domain);
        calls();
        CatchAllRule rule = scenario.catchAll("all", "{'action':{'drop':true}}");

        scenario.reconcile(rule);

        assertThat(calls())
                .containsExactly(
                        "GET /zones/{zone_id}/email/routing/rules/catch_all",
                        "PUT /zones/{zone_id}/email/routing/rules/catch_all");
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
    }

    @Test
    void aCatchAllThatAnotherUserWroteMeanwhileComesBackAsTheyLeftIt() {
        MailDomain domain = scenario.domain("example", TWO_RULES);
        scenario.reconcile(domain);
        scenario.zone("{'catch_all':{'forward_to':'team@corp.example','enabled':true}}");
        CatchAllRule rule = scenario.catchAll("all", "{'action':{'drop':true}}");
        scenario.reconcile(rule);

        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        assertThat(scenario.zone().catchAll().forwardsTo("team@corp.example")).isFalse();
        scenario.delete(rule);
        scenario.settle();

        assertThat(scenario.zone().catchAll().forwardsTo("team@corp.example")).isTrue();
    }

    @Test
    void aCatchAllThatAnotherUserWroteMeanwhileAndThatDoesWhatIsAskedStaysTheirs() {
        MailDomain domain = scenario.domain("example", TWO_RULES);
        scenario.reconcile(domain);
        scenario.zone("{'catch_all':{'drop':true,'enabled':true,'name':'theirs'}}");
        CatchAllRule rule = scenario.catchAll("all", "{'action':{'drop':true}}");
        scenario.reconcile(rule);

        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("True Matched");
        scenario.delete(rule);
        scenario.settle();

        assertThat(scenario.zone().catchAll().enabled()).isTrue();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
    }

    /** An active zone with Email Routing, whose rules are written and looked at; calls count from here. */
    private MailDomain readyDomain() {
        scenario.zone("{'status':'active','routing':true}");
        MailDomain domain = scenario.domain("example", TWO_RULES);
        scenario.reconcile(domain);
        scenario.reconcile(domain);
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        calls();
        return domain;
    }
}
