package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.quirks.Quirk;
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
}
