package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A domain that passes from one MailDomain to another: what the first one noted does not bring it back. */
class HandOverTest {

    private static final String SPAM = "{'rules':[{'address':'spam@example.com','action':{'drop':true}}]}";
    private static final String TEAM =
            "{'rules':[{'address':'hello@example.com','action':{'forwardTo':'team@corp.example'}}]}";
    private static final String NEW = "{'domain':'new.example','zone':{'deletionPolicy':'Delete'},'rules':[]}";

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
        world.settle();
        List<String> before = world.versions();
        world.controls().clearCalls();
        world.turn();
        assertThat(world.ready(holder)).isEqualTo("True Ready");
        assertThat(world.ready(loser)).isEqualTo("False Conflict");
        assertThat(world.versions()).isEqualTo(before);
        assertThat(world.writes()).isEmpty();
    }

    private List<String> addresses() {
        return world.zone().rules().stream()
                .map(rule -> rule.matchers().get(0).value())
                .toList();
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
        assertThat(addresses()).containsExactly("hello@example.com");

        world.delete(younger);
        world.settle();
        assertThat(world.ready(older)).isEqualTo("True Ready");
        assertThat(addresses()).containsExactly("spam@example.com");
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
        assertThat(addresses()).isEmpty();
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

    private void grant(String access) {
        world.account("default", "tokens", world.simulator.accountId(), "[" + access + "]");
    }

    private static String only(String namespace) {
        return "{'namespaces':{'matchLabels':{'kubernetes.io/metadata.name':'" + namespace
                + "'}},'domains':['*'],'forwardTo':['*']}";
    }
}
