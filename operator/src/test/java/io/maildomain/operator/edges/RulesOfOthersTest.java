package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several rules for one address, and rules that say more than we can: the one that decides counts, and nothing is written. */
class RulesOfOthersTest {

    private static final String SPAM = "spam@example.com";
    private static final String DROPS = "{'address':'spam@example.com','drop':true,'name':'drops'}";
    private static final String DROPS_NOT = "{'address':'spam@example.com','drop':true,'name':'drops','enabled':false}";
    private static final String SENDS =
            "{'address':'Spam@Example.com','forward_to':'team@corp.example','name':'sends'}";
    private static final String SENDS_NOT =
            "{'address':'spam@example.com','forward_to':'team@corp.example','name':'sends','enabled':false}";

    private final ScenarioDsl scenario = new ScenarioDsl().usual();

    @BeforeEach
    void aZoneInUse() {
        scenario.zone("{'status':'active','routing':true}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private RuleStatus rule(MailDomain domain) {
        return scenario.env()
                .domains()
                .live(domain)
                .orElseThrow()
                .getStatus()
                .rules()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                DROPS + ";" + SENDS + ";Conflict",
                SENDS + ";" + DROPS + ";Matched",
                DROPS + ";" + SENDS_NOT + ";Matched",
                SENDS + ";" + DROPS_NOT + ";Conflict",
                SENDS_NOT + ";" + DROPS + ";Matched",
            },
            quoteCharacter = '`')
    void ofTwoRulesOfOthersTheOneThatDecidesCounts(String older, String newer, RuleState state) {
        scenario.zone("{'rules':[" + older + "," + newer + "]}");
        MailDomain domain = scenario.domain("example", ScenarioDsl.SPAM);
        scenario.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(state);
        assertThat(scenario.zone().rules()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"true, Conflict", "false, Matched"})
    void aNewerRuleOfSomebodyDecidesInsteadOfOurs(boolean differs, RuleState state) {
        MailDomain domain = scenario.domain("example", ScenarioDsl.SPAM);
        scenario.settle();
        String ours = scenario.zone().rules().get(0).id();
        addsRule(differs ? SENDS : DROPS);
        scenario.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(state);
        assertThat(scenario.zone().rules())
                .extracting(rule -> rule.id())
                .hasSize(2)
                .contains(ours);
        if (differs) {
            assertThat(rule(domain).message()).contains("team@corp.example", "newer");
        }
    }

    @Test
    void anOlderOneDoesNot() {
        scenario.zone("{'rules':[" + SENDS_NOT + "]}");
        var theirs = scenario.zone().rules();
        scenario.zone("{'rules':[]}");
        MailDomain domain = scenario.domain("example", ScenarioDsl.SPAM);
        scenario.settle();
        scenario.controls()
                .changed(
                        FakeEnvironment.DOMAIN,
                        zone -> zone.withRules(java.util.stream.Stream.concat(
                                        theirs.stream().map(rule -> rule.withEnabled(true)), zone.rules().stream())
                                .toList()));
        scenario.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(RuleState.Synced);
    }

    private void addsRule(String rule) {
        var before = scenario.zone().rules();
        scenario.zone("{'rules':[" + rule + "]}");
        scenario.controls()
                .changed(
                        FakeEnvironment.DOMAIN,
                        zone -> zone.withRules(java.util.stream.Stream.concat(before.stream(), zone.rules().stream())
                                .toList()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'type':'literal','field':'to','value':'spam@example.com'},{'type':'all'}",
                "{'type':'all'},{'type':'literal','field':'to','value':'spam@example.com'}",
                "{'type':'literal','field':'to','value':'a@example.com'},{'type':'literal','field':'to','value':'spam@example.com'}",
                "{'type':'literal','field':'to','value':'spam@example.com'},{'type':'brand-new','field':'subject','value':'x'}",
            },
            quoteCharacter = '`')
    void aRuleWithSeveralMatchersIsSaidAndNothingIsTried(String matchers) {
        for (String policy : java.util.List.of("Refuse", "Adopt")) {
            scenario.zone("{'rules':[{'matchers':[" + matchers + "],'actions':[{'type':'drop'}],'name':'odd'}]}");
            MailDomain domain =
                    scenario.domain("example", "{'conflictPolicy':'" + policy + "'," + ScenarioDsl.SPAM.substring(1));
            scenario.nothingFlaps();
            assertThat(rule(domain).state()).isEqualTo(RuleState.NotExpressible);
            assertThat(rule(domain).address()).isEqualTo(SPAM);
            assertThat(scenario.controls().calls())
                    .noneMatch(call -> call.key().startsWith("POST /zones/{zone_id}/email/routing/rules"));
        }
    }
}
