package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
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

    private final World world = new World().usual();

    @BeforeEach
    void aZoneInUse() {
        world.zone("{'status':'active','routing':true}");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private RuleStatus rule(MailDomain domain) {
        return world.domains.live(domain).orElseThrow().getStatus().rules().get(0);
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
        world.zone("{'rules':[" + older + "," + newer + "]}");
        MailDomain domain = world.domain("example", World.SPAM);
        world.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(state);
        assertThat(world.zone().rules()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"true, Conflict", "false, Matched"})
    void aNewerRuleOfSomebodyDecidesInsteadOfOurs(boolean differs, RuleState state) {
        MailDomain domain = world.domain("example", World.SPAM);
        world.settle();
        String ours = world.zone().rules().get(0).id();
        addsRule(differs ? SENDS : DROPS);
        world.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(state);
        assertThat(world.zone().rules())
                .extracting(rule -> rule.id())
                .hasSize(2)
                .contains(ours);
        if (differs) {
            assertThat(rule(domain).message()).contains("team@corp.example", "newer");
        }
    }

    @Test
    void anOlderOneDoesNot() {
        world.zone("{'rules':[" + SENDS_NOT + "]}");
        var theirs = world.zone().rules();
        world.zone("{'rules':[]}");
        MailDomain domain = world.domain("example", World.SPAM);
        world.settle();
        world.controls()
                .changed(
                        World.DOMAIN,
                        zone -> zone.withRules(java.util.stream.Stream.concat(
                                        theirs.stream().map(rule -> rule.withEnabled(true)), zone.rules().stream())
                                .toList()));
        world.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(RuleState.Synced);
    }

    private void addsRule(String rule) {
        var before = world.zone().rules();
        world.zone("{'rules':[" + rule + "]}");
        world.controls()
                .changed(
                        World.DOMAIN,
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
            world.zone("{'rules':[{'matchers':[" + matchers + "],'actions':[{'type':'drop'}],'name':'odd'}]}");
            MailDomain domain =
                    world.domain("example", "{'conflictPolicy':'" + policy + "'," + World.SPAM.substring(1));
            world.nothingFlaps();
            assertThat(rule(domain).state()).isEqualTo(RuleState.NotExpressible);
            assertThat(rule(domain).address()).isEqualTo(SPAM);
            assertThat(world.controls().calls())
                    .noneMatch(call -> call.key().startsWith("POST /zones/{zone_id}/email/routing/rules"));
        }
    }
}
