package io.maildomain.operator.edges;

import static io.maildomain.operator.edges.World.SPAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody had at Cloudflare before us is remembered while resources come and go, and never deleted. */
class WhatWasThereTest {

    private static final String THEIRS = "{'address':'hello@other.example','drop':true,'name':'theirs'}";
    private static final String OTHER = "{'domain':'other.example','conflictPolicy':'Adopt','rules':["
            + "{'address':'hello@other.example','action':{'forwardTo':'team@corp.example'}}]}";

    private World world;

    @BeforeEach
    void start() {
        world = new World().usual();
        world.zone("{'status':'active','routing':true}");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aRuleThatTheFirstOneTookOverFromSomebodyIsNotDeletedWithTheSecond() {
        world.zone("other.example", "{'status':'active','routing':true,'rules':[" + THEIRS + "]}");
        MailDomain first = world.domain("first", OTHER);
        world.settle();
        MailDomain second = world.domain("second", OTHER);
        world.domain("first", "{'deletionPolicy':'Retain'," + OTHER.substring(1));
        world.settle();
        world.delete(first);
        world.settle();
        assertThat(world.ready(second)).isEqualTo("True Ready");

        world.domain("second", "{'domain':'other.example','rules':[]}");
        world.settle();
        assertThat(world.controls().zone("other.example").orElseThrow().rules()).hasSize(1);
        world.delete(second);
        world.settle();

        assertThat(world.isGone(second)).isTrue();
        assertThat(world.controls().zone("other.example").orElseThrow().rules()).hasSize(1);
        assertThat(world.events)
                .anyMatch(event -> event.startsWith("RuleKept: the rule for hello@other.example was there"));
    }

    @Test
    void whatWasDoneInAZoneIsNotForgottenBecauseNoOtherCouldBeMade() {
        world.zone("other.example", "{'status':'active','rules':[" + THEIRS + "]}");
        MailDomain domain = world.domain("example", OTHER);
        world.settle();
        world.annotate(domain, "maildomain.io/rebind-zone", "new");
        world.settle();
        Ownership before = world.ledger(domain);
        assertThat(before.adoptedRules()).hasSize(1);

        world.secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", tokenWithoutTheZone());
        world.turn();
        world.turn();
        assertThat(world.ready(domain)).isEqualTo("False PermissionMissing");
        assertThat(world.ledger(domain)).isEqualTo(before);

        world.token("tokens", "whole", World.RUNTIME);
        world.settle();
        world.delete(domain);
        world.settle();
        assertThat(world.controls().zone("other.example").orElseThrow().rules())
                .singleElement()
                .matches(rule -> rule.name().equals("theirs"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCatchAllRuleRemembersWhatWasThereWhileItsMailDomainIsMadeAnew(boolean ruleLooksFirst) {
        world.zone("{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        String retained = "{'deletionPolicy':'Retain'," + SPAM.substring(1);
        MailDomain domain = world.domain("example", retained);
        CatchAllRule rule = world.catchAll("rest", "{'action':{'worker':'mailbox'}}");
        world.settle();
        world.delete(domain);
        if (ruleLooksFirst) {
            world.reconcile(rule);
            assertThat(world.ready(rule)).isEqualTo("False DomainDeleted");
        }
        world.settle();
        assertThat(world.isGone(domain)).isTrue();

        world.domain("example", retained);
        world.settle();
        assertThat(world.ready(rule)).isEqualTo("True Applied");
        world.delete(rule);
        world.settle();

        assertThat(world.zone().catchAll().name()).isEqualTo("theirs");
        assertThat(world.zone().catchAll().enabled()).isTrue();
    }

    @Test
    void whatSomebodyMadeTheCatchAllWhileTheMailDomainWasAwayComesBackInTheEnd() {
        String retained = "{'deletionPolicy':'Retain'," + SPAM.substring(1);
        MailDomain domain = world.domain("example", retained);
        CatchAllRule rule = world.catchAll("rest", "{'action':{'worker':'mailbox'}}");
        world.settle();
        world.delete(domain);
        world.reconcile(rule);
        world.settle();
        world.zone("{'catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'by hand'}}");

        world.domain("example", retained);
        world.settle();
        assertThat(world.ready(rule)).isEqualTo("True Applied");
        world.delete(rule);
        world.settle();

        assertThat(world.zone().catchAll().name()).isEqualTo("by hand");
    }

    private String tokenWithoutTheZone() {
        Map<String, Object> narrow = Map.of("rights", World.RUNTIME, "zones", List.of("elsewhere.example"));
        return world.controls()
                .putToken("narrow", new ObjectMapper().<JsonNode>valueToTree(narrow))
                .value();
    }
}
