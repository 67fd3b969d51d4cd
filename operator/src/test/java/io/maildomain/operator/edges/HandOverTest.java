package io.maildomain.operator.edges;

import static io.maildomain.operator.fixture.ScenarioDsl.NEW;
import static io.maildomain.operator.fixture.ScenarioDsl.SPAM;
import static io.maildomain.operator.fixture.ScenarioDsl.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.ScenarioDsl;
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

    private void has(MailDomain holder, MailDomain loser) {
        scenario.nothingFlaps();
        assertThat(scenario.ready(holder)).isEqualTo("True Ready");
        assertThat(scenario.ready(loser)).isEqualTo("False Conflict");
    }

    private MailDomain theOneThatOnlyWatchesNow(String spec) {
        MailDomain older = scenario.domain("mail", "older", spec);
        scenario.settle();
        return scenario.domain("mail", "older", "{'mode':'Observe'," + spec.substring(1));
    }

    @Test
    void whoHasTakenADomainOverKeepsItThroughARestartUntilItGoes() {
        MailDomain older = theOneThatOnlyWatchesNow(SPAM);
        MailDomain younger = scenario.domain("younger", TEAM);
        scenario.settle();
        scenario.domain("older", SPAM);
        has(younger, older);

        scenario.restarts();
        has(younger, older);
        assertThat(scenario.addresses()).containsExactly("hello@example.com");

        scenario.delete(younger);
        scenario.settle();
        assertThat(scenario.ready(older)).isEqualTo("True Ready");
        assertThat(scenario.addresses()).containsExactly("spam@example.com");
    }

    /** What the loser says is all that is known after a restart: nothing that goes wrong in between may cover it. */
    @ParameterizedTest
    @ValueSource(strings = {"watched and lost", "watched", "lost", "failed while it watched"})
    void whoHasGivenADomainUpDoesNotTakeItBackBecauseSomethingElseWentWrong(String what) {
        MailDomain older = theOneThatOnlyWatchesNow(SPAM);
        MailDomain younger = scenario.domain("younger", TEAM);
        scenario.settle();
        if (what.contains("lost")) {
            scenario.domain("older", SPAM);
            scenario.settle();
        }
        if (what.startsWith("failed")) {
            scenario.controls().addFault(FaultPlan.next("GET", "/email/routing", Fault.status(500)));
            scenario.reconcile(scenario.domain("older", "{'mode':'Observe','rules':[]}"));
            assertThat(scenario.ready(older)).endsWith("CloudflareUnavailable");
            scenario.controls().clearFaults();
        } else if (!what.equals("watched")) {
            scenario.domain("older", "{'suspend':true," + SPAM.substring(1));
            scenario.settle();
        }
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/zones", Fault.status(500)).withTimes(4));
        scenario.domain("older", SPAM);
        scenario.reconcile(older);
        scenario.reconcile(older);
        assertThat(scenario.ready(older)).endsWith("CloudflareUnavailable");
        scenario.controls().clearFaults();

        scenario.restarts();
        has(younger, older);
        assertThat(scenario.addresses()).containsExactly("hello@example.com");
    }

    @Test
    void whoIsSuspendedWithTheOrderToWatchOnlyHasGivenTheDomainUp() {
        MailDomain older = scenario.domain("older", SPAM);
        scenario.settle();
        scenario.domain("older", "{'suspend':true,'mode':'Observe'," + SPAM.substring(1));
        scenario.settle();
        MailDomain younger = scenario.domain("younger", TEAM);
        scenario.settle();
        assertThat(scenario.ready(younger)).isEqualTo("True Ready");

        scenario.restarts();
        scenario.domain("older", SPAM);

        has(younger, older);
    }

    @ParameterizedTest
    @CsvSource({"mail, false", "other, false", "mail, true", "other, true"})
    void whoHadNoAccessWhenNobodyHadKeepsTheDomain(String namespace, boolean andFailsThen) {
        MailDomain holder = scenario.domain("mail", "holder", SPAM);
        scenario.settle();
        grant("");
        scenario.settle();
        MailDomain another = scenario.domain(namespace, "another", TEAM);
        scenario.settle();
        assertThat(scenario.ready(another)).isEqualTo("False AccessDenied");

        grant(only("mail") + "," + only("other"));
        if (andFailsThen) {
            scenario.controls().addFault(FaultPlan.next("GET", "/zones", Fault.status(500)));
            scenario.reconcile(holder);
            scenario.controls().clearFaults();
        }
        scenario.restarts();
        scenario.reconcile(another);

        has(holder, another);
    }

    @Test
    void whoHadNoAccessDoesNotTakeADomainBackBecauseSomethingElseWentWrong() {
        MailDomain older = scenario.domain("mail", "older", SPAM);
        scenario.settle();
        grant(only("other"));
        scenario.settle();
        MailDomain younger = scenario.domain("other", "younger", TEAM);
        scenario.settle();
        grant(only("mail") + "," + only("other"));
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/zones", Fault.status(500)).withTimes(4));
        scenario.reconcile(older);
        scenario.reconcile(older);
        scenario.controls().clearFaults();

        scenario.restarts();

        has(younger, older);
    }

    @Test
    void whoOnlyWatchedWhenTheOperatorStoppedDoesNotTakeTheDomainBack() {
        MailDomain older = theOneThatOnlyWatchesNow(SPAM);
        MailDomain younger = scenario.domain("younger", TEAM);
        scenario.settle();

        scenario.restarts();
        scenario.domain("older", SPAM);

        has(younger, older);
    }

    @Test
    void aZoneInUseIsNotDeletedWithTheOneThatMadeItAndLostIt() {
        MailDomain older = scenario.domain("older", NEW);
        scenario.settle();
        scenario.controls().activate("new.example");
        scenario.settle();
        scenario.domain("older", "{'mode':'Observe'," + NEW.substring(1));
        MailDomain younger = scenario.domain(
                "younger", "{'domain':'new.example','rules':[{'address':'hello@new.example','action':{'drop':true}}]}");
        scenario.settle();
        scenario.domain("older", NEW);
        has(younger, older);

        scenario.restarts();
        scenario.delete(older);
        scenario.settle();

        assertThat(scenario.isGone(older)).isTrue();
        assertThat(scenario.ready(younger)).isEqualTo("True Ready");
        assertThat(scenario.controls().zone("new.example").orElseThrow().rules())
                .hasSize(1);
    }

    @Test
    void whoLostADomainToAnotherNamespaceInheritsItNoMoreThanAnyoneElse() {
        MailDomain older = theOneThatOnlyWatchesNow(SPAM);
        MailDomain younger = scenario.domain("other", "younger", TEAM);
        scenario.settle();
        scenario.domain("older", SPAM);
        has(younger, older);
        scenario.restarts();
        has(younger, older);

        scenario.delete(younger);
        scenario.settle();

        assertThat(scenario.ready(older)).isEqualTo("False Conflict");
        assertThat(scenario.addresses()).isEmpty();
    }

    @Test
    void aDeniedRuleIsNoReasonToLoseTheDomain() {
        grant("{'namespaces':{},'domains':['*'],'forwardTo':['*']}");
        MailDomain older =
                scenario.domain("older", "{'credentials':{'accountRef':{'name':'typo'}}," + SPAM.substring(1));
        scenario.settle();
        MailDomain younger = scenario.domain(
                "younger",
                "{'rules':[{'address':'hello@example.com','action':{'forwardTo':'team@corp.example'}},"
                        + "{'address':'bot@example.com','action':{'worker':'mailbox'}}]}");
        scenario.settle();
        assertThat(scenario.ready(younger)).isEqualTo("False AccessDenied");
        scenario.domain("older", SPAM);
        scenario.settle();

        scenario.restarts();
        scenario.settle();

        assertThat(scenario.ready(older)).isEqualTo("False Conflict");
        assertThat(scenario.addresses()).containsExactly("hello@example.com");
    }

    @Test
    void whoGetsItsAccessBackDoesNotGetTheDomainBack() {
        MailDomain older = scenario.domain("mail", "older", SPAM);
        scenario.settle();
        grant(only("other"));
        scenario.settle();
        assertThat(scenario.ready(older)).isEqualTo("False AccessDenied");
        MailDomain younger = scenario.domain("other", "younger", TEAM);
        scenario.settle();
        assertThat(scenario.ready(younger)).isEqualTo("True Ready");

        scenario.restarts();
        grant(only("mail") + "," + only("other"));

        has(younger, older);
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspended", "suspended, only the rule goes", "failed"})
    void whoseRivalIsGoneGivesTheCatchAllBackAsItWas(String state) {
        scenario.zone(
                "{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        MailDomain older = scenario.domain("older", SPAM);
        CatchAllRule rule = scenario.catchAll("mail", "rest", "older", "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        scenario.domain("older", "{'mode':'Observe'," + SPAM.substring(1));
        MailDomain younger = scenario.domain("younger", TEAM);
        scenario.settle();
        scenario.domain("older", SPAM);
        has(younger, older);
        if (state.startsWith("suspended")) {
            scenario.domain("older", "{'suspend':true," + SPAM.substring(1));
            scenario.settle();
        }
        scenario.delete(younger);
        scenario.reconcile(younger);
        if (state.equals("failed")) {
            scenario.controls().addFault(FaultPlan.next("GET", "/zones", Fault.status(500)));
            scenario.reconcile(older);
        }

        if (!state.endsWith("only the rule goes")) {
            scenario.delete(older);
        }
        scenario.delete(rule);
        scenario.settle();

        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
    }

    private void grant(String access) {
        scenario.account("default", "tokens", scenario.env().simulator().accountId(), "[" + access + "]");
    }

    private static String only(String namespace) {
        return "{'namespaces':{'matchLabels':{'kubernetes.io/metadata.name':'" + namespace
                + "'}},'domains':['*'],'forwardTo':['*']}";
    }
}
