package io.maildomain.operator.edges;

import static io.maildomain.operator.edges.World.NEW;
import static io.maildomain.operator.edges.World.SPAM;
import static io.maildomain.operator.edges.World.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A domain that passes from one MailDomain to another: what the first one noted does not bring it back. */
class HandOverTest {

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

    private void has(MailDomain holder, MailDomain loser) {
        world.nothingFlaps();
        assertThat(world.ready(holder)).isEqualTo("True Ready");
        assertThat(world.ready(loser)).isEqualTo("False Conflict");
    }

    private MailDomain theOneThatOnlyWatchesNow(String spec) {
        MailDomain older = world.domain("mail", "older", spec);
        world.settle();
        return world.domain("mail", "older", "{'mode':'Observe'," + spec.substring(1));
    }

    @Test
    void whoHasTakenADomainOverKeepsItThroughARestartUntilItGoes() {
        MailDomain older = theOneThatOnlyWatchesNow(SPAM);
        MailDomain younger = world.domain("younger", TEAM);
        world.settle();
        world.domain("older", SPAM);
        has(younger, older);

        world.restarts();
        has(younger, older);
        assertThat(world.addresses()).containsExactly("hello@example.com");

        world.delete(younger);
        world.settle();
        assertThat(world.ready(older)).isEqualTo("True Ready");
        assertThat(world.addresses()).containsExactly("spam@example.com");
    }

    /** What the loser says is all that is known after a restart: nothing that goes wrong in between may cover it. */
    @ParameterizedTest
    @ValueSource(strings = {"watched and lost", "watched", "lost", "failed while it watched"})
    void whoHasGivenADomainUpDoesNotTakeItBackBecauseSomethingElseWentWrong(String what) {
        MailDomain older = theOneThatOnlyWatchesNow(SPAM);
        MailDomain younger = world.domain("younger", TEAM);
        world.settle();
        if (what.contains("lost")) {
            world.domain("older", SPAM);
            world.settle();
        }
        if (what.startsWith("failed")) {
            world.controls().addFault(FaultPlan.next("GET", "/email/routing", Fault.status(500)));
            world.reconcile(world.domain("older", "{'mode':'Observe','rules':[]}"));
            assertThat(world.ready(older)).endsWith("CloudflareUnavailable");
            world.controls().clearFaults();
        } else if (!what.equals("watched")) {
            world.domain("older", "{'suspend':true," + SPAM.substring(1));
            world.settle();
        }
        world.controls()
                .addFault(FaultPlan.next("GET", "/zones", Fault.status(500)).withTimes(4));
        world.domain("older", SPAM);
        world.reconcile(older);
        world.reconcile(older);
        assertThat(world.ready(older)).endsWith("CloudflareUnavailable");
        world.controls().clearFaults();

        world.restarts();
        has(younger, older);
        assertThat(world.addresses()).containsExactly("hello@example.com");
    }

    @Test
    void whoIsSuspendedWithTheOrderToWatchOnlyHasGivenTheDomainUp() {
        MailDomain older = world.domain("older", SPAM);
        world.settle();
        world.domain("older", "{'suspend':true,'mode':'Observe'," + SPAM.substring(1));
        world.settle();
        MailDomain younger = world.domain("younger", TEAM);
        world.settle();
        assertThat(world.ready(younger)).isEqualTo("True Ready");

        world.restarts();
        world.domain("older", SPAM);

        has(younger, older);
    }

    @ParameterizedTest
    @CsvSource({"mail, false", "other, false", "mail, true", "other, true"})
    void whoHadNoAccessWhenNobodyHadKeepsTheDomain(String namespace, boolean andFailsThen) {
        MailDomain holder = world.domain("mail", "holder", SPAM);
        world.settle();
        grant("");
        world.settle();
        MailDomain another = world.domain(namespace, "another", TEAM);
        world.settle();
        assertThat(world.ready(another)).isEqualTo("False AccessDenied");

        grant(only("mail") + "," + only("other"));
        if (andFailsThen) {
            world.controls().addFault(FaultPlan.next("GET", "/zones", Fault.status(500)));
            world.reconcile(holder);
            world.controls().clearFaults();
        }
        world.restarts();
        world.reconcile(another);

        has(holder, another);
    }

    @Test
    void whoHadNoAccessDoesNotTakeADomainBackBecauseSomethingElseWentWrong() {
        MailDomain older = world.domain("mail", "older", SPAM);
        world.settle();
        grant(only("other"));
        world.settle();
        MailDomain younger = world.domain("other", "younger", TEAM);
        world.settle();
        grant(only("mail") + "," + only("other"));
        world.controls()
                .addFault(FaultPlan.next("GET", "/zones", Fault.status(500)).withTimes(4));
        world.reconcile(older);
        world.reconcile(older);
        world.controls().clearFaults();

        world.restarts();

        has(younger, older);
    }

    @Test
    void whoOnlyWatchedWhenTheOperatorStoppedDoesNotTakeTheDomainBack() {
        MailDomain older = theOneThatOnlyWatchesNow(SPAM);
        MailDomain younger = world.domain("younger", TEAM);
        world.settle();

        world.restarts();
        world.domain("older", SPAM);

        has(younger, older);
    }

    @Test
    void aZoneInUseIsNotDeletedWithTheOneThatMadeItAndLostIt() {
        MailDomain older = world.domain("older", NEW);
        world.settle();
        world.controls().activate("new.example");
        world.settle();
        world.domain("older", "{'mode':'Observe'," + NEW.substring(1));
        MailDomain younger = world.domain(
                "younger", "{'domain':'new.example','rules':[{'address':'hello@new.example','action':{'drop':true}}]}");
        world.settle();
        world.domain("older", NEW);
        has(younger, older);

        world.restarts();
        world.delete(older);
        world.settle();

        assertThat(world.isGone(older)).isTrue();
        assertThat(world.ready(younger)).isEqualTo("True Ready");
        assertThat(world.controls().zone("new.example").orElseThrow().rules()).hasSize(1);
    }

    @Test
    void whoLostADomainToAnotherNamespaceInheritsItNoMoreThanAnyoneElse() {
        MailDomain older = theOneThatOnlyWatchesNow(SPAM);
        MailDomain younger = world.domain("other", "younger", TEAM);
        world.settle();
        world.domain("older", SPAM);
        has(younger, older);
        world.restarts();
        has(younger, older);

        world.delete(younger);
        world.settle();

        assertThat(world.ready(older)).isEqualTo("False Conflict");
        assertThat(world.addresses()).isEmpty();
    }

    @Test
    void aDeniedRuleIsNoReasonToLoseTheDomain() {
        grant("{'namespaces':{},'domains':['*'],'forwardTo':['*']}");
        MailDomain older = world.domain("older", "{'credentials':{'accountRef':{'name':'typo'}}," + SPAM.substring(1));
        world.settle();
        MailDomain younger = world.domain(
                "younger",
                "{'rules':[{'address':'hello@example.com','action':{'forwardTo':'team@corp.example'}},"
                        + "{'address':'bot@example.com','action':{'worker':'mailbox'}}]}");
        world.settle();
        assertThat(world.ready(younger)).isEqualTo("False AccessDenied");
        world.domain("older", SPAM);
        world.settle();

        world.restarts();
        world.settle();

        assertThat(world.ready(older)).isEqualTo("False Conflict");
        assertThat(world.addresses()).containsExactly("hello@example.com");
    }

    @Test
    void whoGetsItsAccessBackDoesNotGetTheDomainBack() {
        MailDomain older = world.domain("mail", "older", SPAM);
        world.settle();
        grant(only("other"));
        world.settle();
        assertThat(world.ready(older)).isEqualTo("False AccessDenied");
        MailDomain younger = world.domain("other", "younger", TEAM);
        world.settle();
        assertThat(world.ready(younger)).isEqualTo("True Ready");

        world.restarts();
        grant(only("mail") + "," + only("other"));

        has(younger, older);
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspended", "suspended, the rule alone goes", "failed"})
    void whoseRivalIsGoneGivesTheCatchAllBackAsItWas(String state) {
        world.zone("{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        MailDomain older = world.domain("older", SPAM);
        CatchAllRule rule = world.catchAll("mail", "rest", "older", "{'action':{'worker':'mailbox'}}");
        world.settle();
        assertThat(world.ready(rule)).isEqualTo("True Applied");
        world.domain("older", "{'mode':'Observe'," + SPAM.substring(1));
        MailDomain younger = world.domain("younger", TEAM);
        world.settle();
        world.domain("older", SPAM);
        has(younger, older);
        if (state.startsWith("suspended")) {
            world.domain("older", "{'suspend':true," + SPAM.substring(1));
            world.settle();
        }
        world.delete(younger);
        world.reconcile(younger);
        if (state.equals("failed")) {
            world.controls().addFault(FaultPlan.next("GET", "/zones", Fault.status(500)));
            world.reconcile(older);
        }

        if (!state.endsWith("alone goes")) {
            world.delete(older);
        }
        world.delete(rule);
        world.settle();

        assertThat(world.isGone(rule)).isTrue();
        assertThat(world.zone().catchAll().name()).isEqualTo("theirs");
    }

    private void grant(String access) {
        world.account("default", "tokens", world.simulator.accountId(), "[" + access + "]");
    }

    private static String only(String namespace) {
        return "{'namespaces':{'matchLabels':{'kubernetes.io/metadata.name':'" + namespace
                + "'}},'domains':['*'],'forwardTo':['*']}";
    }
}
