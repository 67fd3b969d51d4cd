package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.WORKER;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.operator.controller.mailbox.plan.MailboxAge;
import io.maildomain.operator.controller.mailbox.plan.MailboxMessages;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Mailbox's life, from its creation to the rule at Cloudflare and back. */
class MailboxFlowTest {

    private static final String LIST = "GET /zones/{zone_id}/email/routing/rules";
    private static final String CREATE = "POST /zones/{zone_id}/email/routing/rules";
    private static final String UPDATE = "PUT /zones/{zone_id}/email/routing/rules/{rule_identifier}";
    private static final String DELETE = "DELETE /zones/{zone_id}/email/routing/rules/{rule_identifier}";

    private final MailboxScenario scenario = new MailboxScenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void aMailboxThatIsLetInGetsItsRuleAndSaysSo() {
        scenario.settled(OPEN);

        Mailbox mailbox = scenario.mailbox("team-a", "pr-1", "pr-1@in.example.com");

        assertThat(scenario.scenario().addresses()).containsExactly("pr-1@in.example.com");
        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
        assertThat(scenario.status(mailbox).expires()).isEqualTo("never");
        assertThat(scenario.status(mailbox).observedUid())
                .isEqualTo(mailbox.getMetadata().getUid());
    }

    @Test
    void oneThatComesChangesOrGoesCostsALookAtTheRulesAndOneWrite() {
        scenario.settled(OPEN);
        scenario.scenario().controls().clearCalls();

        Mailbox mailbox = scenario.mailbox("team-a", "pr-1", "pr-1@in.example.com");
        assertThat(calls()).containsExactly(LIST, CREATE);

        scenario.mailbox("team-a", "pr-1", spec("pr-1@in.example.com", Action.dropping(), null));
        assertThat(calls()).containsExactly(LIST, UPDATE);

        scenario.delete(mailbox);
        assertThat(calls()).containsExactly(LIST, DELETE);
        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    /** Else a namespace could use up the budget of all. */
    @Test
    void whatChangesNoRuleCostsNoCall() {
        scenario.settled(OPEN);
        Mailbox first = scenario.mailbox("team-a", "first", "a@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));
        scenario.scenario().controls().clearCalls();

        Mailbox late = scenario.mailbox("team-b", "late", "a@in.example.com");
        Mailbox denied = scenario.mailbox("team-b", "denied", "a@example.com");
        Mailbox notLetIn = scenario.mailbox("team-c", "c", "c@in.example.com");
        scenario.mailbox("team-a", "first", spec("a@in.example.com", WORKER, "72h"));

        assertThat(calls()).isEmpty();
        assertThat(scenario.stands(late)).isEqualTo("Conflict False Conflict");
        assertThat(scenario.stands(denied)).isEqualTo("NotAttached False NotAttached");
        assertThat(scenario.stands(notLetIn)).isEqualTo("NotAttached False NotAttached");
        assertThat(scenario.stands(first)).isEqualTo("Active True Ready");
        assertThat(scenario.status(first).expires()).endsWith("UTC");
    }

    private List<String> calls() {
        List<String> calls = scenario.calls();
        scenario.scenario().controls().clearCalls();
        return calls;
    }

    @Test
    void whatIsSettledWritesNothing() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "pr-1", spec("pr-1@in.example.com", WORKER, "72h"));
        scenario.mailbox("team-c", "pr-2", "pr-2@in.example.com");
        int statuses = scenario.scenario().env().mailboxes().statuses().size();

        scenario.scenario().nothingFlaps();
        scenario.runs();

        assertThat(scenario.scenario().env().mailboxes().statuses()).hasSize(statuses);
    }

    /** What list-map merging of one MailDomain's rules cannot give. */
    @Test
    void aTeamThatIsPrunedLeavesTheMailOfTheOtherUntouched() {
        scenario.settled(OPEN);
        Mailbox ofA = scenario.mailbox("team-a", "a", "a@in.example.com");
        Mailbox ofB = scenario.mailbox("team-b", "b", "b@in.example.com");
        scenario.scenario().controls().clearCalls();

        scenario.delete(ofA);

        assertThat(scenario.scenario().addresses()).containsExactly("b@in.example.com");
        assertThat(scenario.scenario().writes()).containsExactly(DELETE);
        assertThat(scenario.stands(ofB)).isEqualTo("Active True Ready");
    }

    @Test
    void anUnverifiedDestinationIsTheMailboxesTroubleAndNotTheMailDomains() {
        scenario.settled(OPEN);

        Mailbox mailbox =
                scenario.mailbox("team-a", "a", spec("a@in.example.com", Action.forwarding("new@corp.example"), null));

        assertThat(scenario.stands(mailbox)).isEqualTo("DestinationUnverified False DestinationUnverified");
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
        assertThat(scenario.domain().getStatus().rules()).isEmpty();

        scenario.scenario().controls().putAddress("new@corp.example", true);
        scenario.scenario().settle();
        scenario.runs();
        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    @Test
    void oneOfAMailDomainThatIsNotThereSaysSoAndAttachesOnceItIs() {
        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");
        assertThat(scenario.stands(mailbox)).isEqualTo("NotAttached False NotAttached");

        scenario.settled(OPEN);

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    @Test
    void oneOfAZoneThatWaitsForTheRegistrarWaits() {
        scenario.domain(OPEN);

        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");

        assertThat(scenario.stands(mailbox)).isEqualTo("Waiting False DomainNotReady");
        assertThat(scenario.status(mailbox).condition("Ready").orElseThrow().message())
                .contains("(ZonePending)");
    }

    @Test
    void aMailDomainThatOnlyReportsDriftStillHasItsMailboxesComeAndGo() {
        String reporting = OPEN.replaceFirst("\\{", "{'drift':'Report',");
        scenario.settled(reporting);

        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");
        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
        assertThat(scenario.scenario().ready(scenario.domain())).endsWith("DriftReported");

        scenario.delete(mailbox);
        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    @Test
    void whatDoesNotComeAboutAtOnceThereIsTriedAgain() {
        scenario.settled(OPEN.replaceFirst("\\{", "{'drift':'Report',"));
        Mailbox mailbox =
                scenario.mailbox("team-a", "a", spec("a@in.example.com", Action.forwarding("new@corp.example"), null));
        assertThat(scenario.stands(mailbox)).isEqualTo("DestinationUnverified False DestinationUnverified");

        scenario.scenario().controls().putAddress("new@corp.example", true);
        scenario.scenario().settle();
        scenario.runs();

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    @Test
    void aRuleOfOthersIsNotTakenOverByAMailboxThoughTheMailDomainAdopts() {
        scenario.settled(OPEN.replaceFirst("\\{", "{'conflictPolicy':'Adopt',"));
        scenario.scenario()
                .zone(
                        "{'rules':[{'address':'ceo@in.example.com','forward_to':'chief@corp.example','name':'by hand','enabled':true}]}");

        Mailbox mailbox = scenario.mailbox("team-a", "a", "ceo@in.example.com");

        assertThat(scenario.stands(mailbox)).isEqualTo("Conflict False Conflict");
        assertThat(scenario.status(mailbox).condition("Ready").orElseThrow().message())
                .doesNotContain("chief@corp.example");
        assertThat(scenario.scenario().zone().rules()).hasSize(1);
    }

    // Expiry.

    @Test
    void oneThatExpiresLosesItsRuleWithinATick() {
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "72h"));
        scenario.scenario().controls().clearCalls();

        scenario.passes(Duration.ofHours(71));
        assertThat(scenario.scenario().writes()).isEmpty();

        scenario.passes(Duration.ofHours(1).plusSeconds(1));
        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.scenario().writes()).containsExactly(DELETE);
        assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");
    }

    @Test
    void oneThatIsGivenMoreTimeGetsItsRuleBack() {
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "1h"));
        scenario.passes(Duration.ofHours(2));

        scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "3h"));

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
        scenario.passes(Duration.ofHours(1).plusSeconds(1));
        assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");
    }

    @Test
    void oneThatExpiresWhileTheOperatorIsDownLosesItsRuleOnceItIsUp() {
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "1h"));
        scenario.scenario().later(Duration.ofHours(2));

        scenario.restarts();
        scenario.runs();

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");
    }

    @Test
    void oneThatExpiresAfterARestartDoesSoInTime() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "1h"));

        scenario.restarts();
        scenario.runs();
        assertThat(scenario.scenario().addresses()).hasSize(1);
        scenario.passes(Duration.ofMinutes(61));

        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    @Test
    void aRestartWakesNoMailDomainWhoseMailboxesWereTold() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "72h"));

        scenario.restarts();
        scenario.scenario().env().mailboxServices().work();

        assertThat(scenario.scenario().env().wokenByMailboxes()).isEmpty();
    }

    @Test
    void oneThatIsToBeDeletedAfterItsExpiryIsWhereTheInstallationDoesSo() {
        scenario.scenario().env().deletesExpiredMailboxes();
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", MailboxScenario.goingAfter("1h"));

        scenario.passes(Duration.ofMinutes(61));
        assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");
        assertThat(scenario.scenario().addresses()).isEmpty();

        scenario.scenario().env().mailboxController().reconcile(scenario.live(mailbox), null);
        assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");

        scenario.passes(Duration.ofHours(1));
        scenario.scenario().env().mailboxController().reconcile(scenario.live(mailbox), null);
        assertThat(scenario.scenario().env().mailboxes().all()).isEmpty();
        assertThat(scenario.scenario().events())
                .contains("Expired: deleted, for it expired at "
                        + MailboxMessages.time(MailboxAge.expiry(mailbox).orElseThrow()));
    }

    @Test
    void elsewhereItStaysAndSaysWhy() {
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", MailboxScenario.goingAfter("1h"));

        scenario.passes(Duration.ofMinutes(61));
        scenario.scenario().env().mailboxController().reconcile(scenario.live(mailbox), null);

        assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");
        assertThat(scenario.status(mailbox).condition("Ready").orElseThrow().message())
                .contains("afterExpiry: Delete is not heeded");
    }

    @Test
    void oneThatIsGivenMoreTimeBeforeItIsDeletedStays() {
        scenario.scenario().env().deletesExpiredMailboxes();
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", MailboxScenario.goingAfter("1h"));
        scenario.passes(Duration.ofMinutes(61));

        scenario.mailbox("team-a", "a", MailboxScenario.goingAfter("3h"));
        scenario.scenario().env().mailboxController().reconcile(scenario.live(mailbox), null);

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    @Test
    void manyThatExpireAtOnceGoAtOnce() {
        scenario.settled(OPEN);
        IntStream.range(0, 40)
                .forEach(i -> scenario.apply("team-a", "m" + i, spec("m" + i + "@in.example.com", WORKER, "1h")));
        scenario.runs();
        assertThat(scenario.scenario().addresses()).hasSize(40);
        scenario.scenario().controls().clearCalls();

        scenario.passes(Duration.ofHours(1).plusSeconds(5));

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.calls().stream().filter(LIST::equals)).hasSize(1);
    }

    /** Three times within an hour would be a quarrel, if another tool did it. */
    @Test
    void oneThatComesAndGoesOftenIsNoQuarrel() {
        scenario.settled(OPEN);
        for (int i = 0; i < 5; i++) {
            Mailbox mailbox = scenario.mailbox("team-a", "a" + i, "a@in.example.com");
            assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
            scenario.delete(mailbox);
            assertThat(scenario.scenario().addresses()).isEmpty();
        }
        assertThat(scenario.domain().getStatus().lastDriftCorrected()).isNull();
    }

    /** It was an hour ahead, say, until it was set. */
    @Test
    void aClockThatGoesBackGivesTheRuleBackAtOnce() {
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "1h"));
        scenario.passes(Duration.ofMinutes(61));
        assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");

        scenario.scenario().later(Duration.ofMinutes(-60));
        scenario.scenario().env().mailboxServices().tick();
        scenario.scenario().env().mailboxServices().work();

        assertThat(scenario.scenario().env().wokenByMailboxes()).isNotEmpty();
    }

    // Where sweeps see to the MailDomain.

    @Test
    void aHealthyMailDomainThatIsSweptLooksAtOnceForAMailbox() {
        try (MailboxScenario swept = new MailboxScenario(Options.usual().withSweeps())) {
            swept.settled(OPEN);

            Mailbox mailbox = swept.mailbox("team-a", "a", "a@in.example.com");

            assertThat(swept.stands(mailbox)).isEqualTo("Active True Ready");
        }
    }

    @Test
    void aNamespaceThatLosesItsLabelLosesItsRules() {
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");

        scenario.labels("team-a", Map.of("mail", "no"));
        scenario.passes(Duration.ofMinutes(11));

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.stands(mailbox)).isEqualTo("NotAttached False NotAttached");
    }

    /** Watches are not in step. */
    @Test
    void oneThatIsSeenBeforeItsNamespaceAttachesOnceThatIsSeen() {
        scenario.settled(OPEN);
        scenario.hides("team-n");
        Mailbox mailbox = scenario.mailbox("team-n", "a", "a@in.example.com");
        assertThat(scenario.stands(mailbox)).isEqualTo("NotAttached False NotAttached");

        scenario.scenario().env().cluster().withLabels("team-n", Map.of("mail", "yes"));
        scenario.shows("team-n");
        scenario.runs();

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    @Test
    void aMailDomainThatGoesTakesAllRulesAlong() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", "a@in.example.com");

        scenario.scenario().delete(scenario.domain());
        scenario.scenario().settle();

        assertThat(scenario.scenario()
                        .controls()
                        .zone("example.com")
                        .map(zone -> zone.rules())
                        .orElse(List.of()))
                .isEmpty();
    }

    @Test
    void oneOfTheMailDomainsOwnNamespaceNeedNotNameIt() {
        scenario.settled(
                "{'mailboxes':[{'namespaces':{'matchLabels':{'kubernetes.io/metadata.name':'mail'}},'addresses':['*'],'workers':['*']}]}");

        Mailbox mailbox = scenario.mailbox(
                "mail",
                "own",
                new MailboxSpec(
                        new MailboxDomainRef("example", null), "own@example.com", WORKER, null, null, null, null));

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }
}
