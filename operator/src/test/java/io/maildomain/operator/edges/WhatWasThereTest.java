package io.maildomain.operator.edges;

import static io.maildomain.operator.fixture.ScenarioDsl.SPAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user had at Cloudflare before us is remembered while resources come and go, and never deleted. */
class WhatWasThereTest {

    private static final String THEIRS = "{'address':'hello@other.example','drop':true,'name':'theirs'}";
    private static final String OTHER = "{'domain':'other.example','conflictPolicy':'Adopt','rules':["
            + "{'address':'hello@other.example','action':{'forwardTo':'team@corp.example'}}]}";

    private ScenarioDsl scenario;

    @BeforeEach
    void start() {
        scenario = new ScenarioDsl().usual();
        scenario.zone("{'status':'active','routing':true}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void aRuleThatTheFirstOneTookOverFromSomebodyIsNotDeletedWithTheSecond() {
        scenario.zone("other.example", "{'status':'active','routing':true,'rules':[" + THEIRS + "]}");
        MailDomain first = scenario.domain("first", OTHER);
        scenario.settle();
        MailDomain second = scenario.domain("second", OTHER);
        scenario.domain("first", "{'deletionPolicy':'Retain'," + OTHER.substring(1));
        scenario.settle();
        scenario.delete(first);
        scenario.settle();
        assertThat(scenario.ready(second)).isEqualTo("True Ready");

        scenario.domain("second", "{'domain':'other.example','rules':[]}");
        scenario.settle();
        assertThat(scenario.controls().zone("other.example").orElseThrow().rules())
                .hasSize(1);
        scenario.delete(second);
        scenario.settle();

        assertThat(scenario.isGone(second)).isTrue();
        assertThat(scenario.controls().zone("other.example").orElseThrow().rules())
                .hasSize(1);
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("RuleKept: the rule for hello@other.example was there"));
    }

    @Test
    void whatWasDoneInAZoneIsNotForgottenBecauseNoOtherCouldBeMade() {
        scenario.zone("other.example", "{'status':'active','rules':[" + THEIRS + "]}");
        MailDomain domain = scenario.domain("example", OTHER);
        scenario.settle();
        scenario.annotate(domain, "maildomain.io/rebind-zone", "new");
        scenario.settle();
        Ownership before = scenario.ownership(domain);
        assertThat(before.adoptedRules()).hasSize(1);

        scenario.env().secrets().holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", tokenWithoutTheZone());
        scenario.turn();
        scenario.turn();
        assertThat(scenario.ready(domain)).isEqualTo("False PermissionMissing");
        assertThat(scenario.ownership(domain)).isEqualTo(before);

        scenario.token("tokens", "whole", ScenarioDsl.runtimeRights());
        scenario.settle();
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.controls().zone("other.example").orElseThrow().rules())
                .singleElement()
                .matches(rule -> rule.name().equals("theirs"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCatchAllRuleRemembersWhatWasThereWhileItsMailDomainIsMadeAnew(boolean ruleLooksFirst) {
        scenario.zone(
                "{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        String retained = "{'deletionPolicy':'Retain'," + SPAM.substring(1);
        MailDomain domain = scenario.domain("example", retained);
        CatchAllRule rule = scenario.catchAll("rest", "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        scenario.delete(domain);
        if (ruleLooksFirst) {
            scenario.reconcile(rule);
            assertThat(scenario.ready(rule)).isEqualTo("False DomainDeleted");
        }
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();

        scenario.domain("example", retained);
        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        scenario.delete(rule);
        scenario.settle();

        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
        assertThat(scenario.zone().catchAll().enabled()).isTrue();
    }

    @Test
    void whatSomebodyMadeTheCatchAllWhileTheMailDomainWasAwayComesBackInTheEnd() {
        String retained = "{'deletionPolicy':'Retain'," + SPAM.substring(1);
        MailDomain domain = scenario.domain("example", retained);
        CatchAllRule rule = scenario.catchAll("rest", "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        scenario.delete(domain);
        scenario.reconcile(rule);
        scenario.settle();
        scenario.zone("{'catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'by hand'}}");

        scenario.domain("example", retained);
        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        scenario.delete(rule);
        scenario.settle();

        assertThat(scenario.zone().catchAll().name()).isEqualTo("by hand");
    }

    private String tokenWithoutTheZone() {
        Map<String, Object> narrow =
                Map.of("rights", ScenarioDsl.runtimeRights(), "zones", List.of("elsewhere.example"));
        return scenario.controls()
                .putToken("narrow", new ObjectMapper().<JsonNode>valueToTree(narrow))
                .value();
    }
}
