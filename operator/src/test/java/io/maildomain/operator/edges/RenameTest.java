package io.maildomain.operator.edges;

import static io.maildomain.operator.fixture.ScenarioDsl.SPAM;
import static io.maildomain.operator.fixture.ScenarioDsl.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.ownership.OwnershipConflict;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest is renamed: one MailDomain comes and another one for the same domain goes. Nothing is undone in between. */
class RenameTest {

    private static final String TWO = "{'domain':'new.example','zone':{'deletionPolicy':'Delete'},'rules':["
            + "{'address':'a@new.example','action':{'drop':true}},{'address':'b@in.new.example','action':{'drop':true}}]}";
    private static final String ONE = "{'domain':'new.example','zone':{'deletionPolicy':'Delete'},'rules':["
            + "{'address':'a@new.example','action':{'worker':'mailbox'}}]}";

    private static final String OWN_SECRET = "{'credentials':{'secretRef':{'name':'own'}}," + SPAM.substring(1);

    private ScenarioDsl scenario;

    @BeforeEach
    void start() {
        scenario = new ScenarioDsl().usual();
        scenario.zone("{'status':'active'}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** One that the operator created the zone for, and all in it. */
    private MailDomain madeFromNothing(String name, String spec) {
        MailDomain domain = scenario.domain("mail", name, spec);
        scenario.settle();
        scenario.controls().activate("new.example");
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        return domain;
    }

    private void nothingWasUndone() {
        assertThat(scenario.writes())
                .noneMatch(call -> call.equals("DELETE /zones/{zone_id}"))
                .noneMatch(call -> call.endsWith("/disable") || call.endsWith("/enable"))
                .noneMatch(call -> call.startsWith("POST") && call.endsWith("/zones"));
    }

    @Test
    void theZoneRulesAndRoutingGoOverToTheNewName() {
        MailDomain old = madeFromNothing("old", TWO);
        Ownership before = scenario.ownership(old);
        MailDomain renamed = scenario.domain("mail", "renamed", TWO);
        scenario.settle();
        assertThat(scenario.ready(renamed)).isEqualTo("False Conflict");
        assertThat(scenario.condition(renamed, "Ready").message()).contains("MailDomain old", "go over to this one");
        scenario.controls().clearCalls();

        scenario.delete(old);
        scenario.settle();

        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.ownership(renamed)).isEqualTo(before);
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("HandedOver: ") && event.contains("renamed"));
    }

    @Test
    void bothAppliedAndPrunedInOneSyncBeforeTheNewOneWasEverLookedAt() {
        MailDomain old = madeFromNothing("old", TWO);
        MailDomain renamed = scenario.domain("mail", "renamed", ONE);
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.reconcile(old);
        scenario.settle();

        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        nothingWasUndone();
        assertThat(scenario.controls().zone("new.example").orElseThrow().rules())
                .hasSize(1);
        assertThat(scenario.ownership(renamed).subdomains()).isEmpty();
    }

    @Test
    void whatIsLeftOverGoesAfterWhatIsNewHasCome() {
        MailDomain old = madeFromNothing("old", TWO);
        scenario.domain(
                "mail",
                "renamed",
                "{'domain':'new.example','rules':[{'address':'c@new.example','action':{'drop':true}}]}");
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.settle();
        List<String> rules = scenario.writes().stream()
                .filter(call -> call.contains("/rules"))
                .toList();
        assertThat(rules.get(0)).startsWith("POST");
        assertThat(rules.subList(1, rules.size())).hasSize(2).allMatch(call -> call.startsWith("DELETE"));
        nothingWasUndone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aZoneThatWasCreatedIsStillDeletedWithTheLastOfThem(boolean restarted) {
        MailDomain old = madeFromNothing("old", ONE);
        MailDomain renamed = younger("renamed");
        scenario.delete(old);
        scenario.settle();
        MailDomain again = younger("again");
        scenario.delete(renamed);
        scenario.settle();
        if (restarted) {
            scenario.restarts();
        }
        assertThat(scenario.ready(again)).isEqualTo("True Ready");
        assertThat(scenario.env().origins().size())
                .as("of those that are gone nothing is kept")
                .isEqualTo(1);

        scenario.delete(again);
        scenario.settle();

        assertThat(scenario.controls().zone("new.example")).isEmpty();
        assertThat(scenario.env().origins().size()).isZero();
    }

    @Test
    void withoutTheOperatorsOwnEvidenceItIsKept() {
        MailDomain old = madeFromNothing("old", ONE);
        MailDomain renamed = younger("renamed");
        scenario.delete(old);
        scenario.settle();
        scenario.env().origins().lose();

        scenario.delete(renamed);
        scenario.settle();

        assertThat(scenario.isGone(renamed)).isTrue();
        assertThat(scenario.controls().zone("new.example")).isPresent();
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    /** Younger than the zone, which the simulator makes now. */
    private MailDomain younger(String name) {
        return scenario.younger("mail", name, ONE);
    }

    @Test
    void whoForgesThatItsAdoptedZoneWasCreatedPassesNoMoreOnThanItHad() {
        scenario.zone("{'status':'active','routing':true}");
        MailDomain old = scenario.younger("mail", "old", "{'domain':'example.com','zone':{'deletionPolicy':'Delete'}}");
        scenario.settle();
        scenario.ownership(old, noted -> noted.withZone(created(noted.zone())));
        MailDomain renamed =
                scenario.younger("mail", "renamed", "{'domain':'example.com','zone':{'deletionPolicy':'Delete'}}");
        scenario.settle();
        scenario.delete(old);
        scenario.settle();
        scenario.ownership(renamed, noted -> noted.withZone(created(noted.zone())));

        scenario.delete(renamed);
        scenario.settle();

        assertThat(scenario.isGone(renamed)).isTrue();
        assertThat(scenario.controls().zone("example.com")).isPresent();
    }

    private static ZoneOwnership created(ZoneOwnership zone) {
        return new ZoneOwnership(zone.id(), zone.accountId(), ZoneOrigin.Created, null);
    }

    // ---- who comes next

    @Test
    void anotherNamespaceTakesOverOnlyIfItIsGrantedTheDomainByName() {
        MailDomain old = scenario.domain("mail", "old", SPAM);
        MailDomain other = scenario.domain("other", "other", TEAM);
        scenario.settle();
        assertThat(scenario.addresses()).containsExactly("spam@example.com");
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.addresses()).as("undone, not inherited").isEmpty();
        assertThat(scenario.ready(other)).isEqualTo("False Conflict");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherNamespaceThatIsGrantedTheDomainByNameTakesOver(boolean looked) {
        grantByName();
        MailDomain old = scenario.domain("mail", "old", SPAM);
        scenario.settle();
        MailDomain other = scenario.domain("other", "other", SPAM);
        if (looked) {
            scenario.settle();
        }
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.reconcile(old);
        scenario.settle();
        assertThat(scenario.ready(other)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.events())
                .filteredOn(event -> event.startsWith("HandedOver"))
                .as("a namespace learns no more than the fact")
                .noneMatch(event -> event.contains("old") || event.contains("MailDomain other"));
    }

    private void grantByName() {
        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['example.com'],'createZones':true,'workers':['*'],'forwardTo':['*']}]");
    }

    @Test
    void ofSeveralTheNamespacesOwnComesFirstAndThenTheOldest() {
        grantByName();
        MailDomain old = scenario.domain("mail", "old", SPAM);
        scenario.settle();
        MailDomain elsewhere = scenario.domain("other", "elsewhere", SPAM);
        MailDomain first = scenario.domain("mail", "first", SPAM);
        MailDomain second = scenario.domain("mail", "second", SPAM);
        scenario.settle();
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.ready(first)).isEqualTo("True Ready");
        scenario.delete(first);
        scenario.settle();
        assertThat(scenario.ready(second)).isEqualTo("True Ready");
        scenario.controls().clearCalls();
        scenario.delete(second);
        scenario.settle();
        assertThat(scenario.ready(elsewhere)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'suspend':true,'rules':[]}",
                "{'mode':'Observe','rules':[]}",
                "{'credentials':{'accountRef':{'name':'missing'}},'rules':[]}",
                "{'credentials':{'secretRef':{'name':'made-up'}},'rules':[]}",
            })
    void whoCouldNotManageItIsNoSuccessor(String spec) {
        scenario.env()
                .secrets()
                .holding(
                        "mail",
                        "made-up",
                        "CLOUDFLARE_API_TOKEN",
                        "0123456789012345678901234567890123456789",
                        "CLOUDFLARE_ACCOUNT_ID",
                        scenario.env().simulator().accountId());
        MailDomain old = scenario.domain("mail", "old", SPAM);
        scenario.settle();
        scenario.domain("mail", "useless", spec);
        scenario.settle();
        MailDomain next = scenario.domain("mail", "next", TEAM);
        scenario.settle();
        scenario.controls().clearCalls();

        goes(old);

        assertThat(scenario.ready(next)).isEqualTo("True Ready");
        nothingWasUndone();

        goes(next);
        assertThat(scenario.addresses()).as("none is next").isEmpty();
    }

    /** A token that Cloudflare refused is asked again only after a while: meanwhile nothing is undone, and nothing changes. */
    private void goes(MailDomain domain) {
        scenario.delete(domain);
        await().atMost(Duration.ofSeconds(10)).until(() -> scenario.settle().isGone(domain));
        scenario.settle();
    }

    @Test
    void oneOfAnotherAccountIsNoSuccessor() {
        String elsewhere = "f".repeat(32);
        scenario.controls().putAccount(elsewhere, "Elsewhere", 0);
        scenario.account("elsewhere", "tokens", elsewhere, "[{'namespaces':{},'domains':['*'],'createZones':true}]");
        MailDomain old = scenario.domain("mail", "old", SPAM);
        scenario.settle();
        scenario.domain("mail", "there", "{'credentials':{'accountRef':{'name':'elsewhere'}},'rules':[]}");
        scenario.settle();
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.addresses()).isEmpty();
    }

    @Test
    void oneDomainIsOneDomainHoweverManyNameIt() {
        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true,'maxDomains':1}]");
        MailDomain old = scenario.domain("mail", "old", SPAM);
        scenario.settle();
        MailDomain renamed = scenario.domain("mail", "renamed", SPAM);
        scenario.settle();
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    // ---- what goes wrong in between

    @Test
    void aPassingFailureOfTheQuestionWhoIsNextUndoesNothing() {
        MailDomain old = madeFromNothing("old", ONE);
        MailDomain renamed = scenario.domain("mail", "renamed", ONE);
        scenario.settle();
        scenario.controls().clearCalls();
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/zones/[0-9a-f]+$", Fault.status(500))
                        .withTimes(3));
        scenario.delete(old);
        for (int i = 0; i < 3; i++) {
            scenario.reconcile(old);
            assertThat(scenario.isGone(old)).isFalse();
        }
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    private void theOperatorIsKilledOnceItHasNotedSomething() {
        scenario.env().domains().afterOwnership(() -> {
            scenario.env().domains().afterOwnership(() -> {});
            throw new OwnershipConflict("the operator is killed", null);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"before the record", "before it is gone"})
    void theOperatorEndsInBetween(String moment) {
        MailDomain old = madeFromNothing("old", TWO);
        MailDomain renamed = scenario.domain("mail", "renamed", TWO);
        scenario.settle();
        scenario.controls().clearCalls();
        scenario.delete(old);
        if (moment.equals("before it is gone")) {
            theOperatorIsKilledOnceItHasNotedSomething();
        }
        scenario.reconcile(old);
        scenario.restarts();
        scenario.reconcile(renamed);
        scenario.settle();

        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.ownership(renamed).zone().origin()).isEqualTo(ZoneOrigin.Created);
    }

    @Test
    void bothGoAndTheThirdGetsIt() {
        MailDomain old = madeFromNothing("old", TWO);
        MailDomain second = scenario.domain("mail", "second", TWO);
        MailDomain third = scenario.domain("mail", "third", TWO);
        scenario.settle();
        scenario.controls().clearCalls();
        theOperatorIsKilledOnceItHasNotedSomething();
        scenario.delete(old);
        scenario.reconcile(old);
        assertThat(scenario.ownership(second).notedZone()).isPresent();
        scenario.restarts();
        scenario.delete(second);
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.isGone(second)).isTrue();
        assertThat(scenario.ready(third)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void bothGoAndNobodyIsLeft() {
        MailDomain old = madeFromNothing("old", TWO);
        MailDomain second = scenario.domain("mail", "second", TWO);
        scenario.settle();
        scenario.delete(old);
        scenario.delete(second);
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.isGone(second)).isTrue();
        assertThat(scenario.controls().zone("new.example")).isEmpty();
    }

    @Test
    void whoIsKeptByAnotherFinalizerStandsInNobodysWay() {
        MailDomain old = madeFromNothing("old", TWO);
        scenario.finalizer(old, "somebody.example/keeps");
        MailDomain renamed = scenario.domain("mail", "renamed", TWO);
        scenario.settle();
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.isGone(old)).isFalse();
        assertThat(scenario.ownership(old).notedZone()).isEmpty();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void aZoneThatIsOnlyAnnouncedPassesOn() {
        MailDomain old = scenario.domain("mail", "old", ONE);
        scenario.controls().addFault(FaultPlan.next("POST", "/zones$", Fault.resetAfter()));
        scenario.reconcile(old);
        assertThat(scenario.ownership(old).zone().origin()).isEqualTo(ZoneOrigin.Creating);
        MailDomain renamed = younger("renamed");
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ownership(renamed).zone().origin()).isEqualTo(ZoneOrigin.Created);

        scenario.delete(renamed);
        scenario.settle();
        assertThat(scenario.controls().zone("new.example")).isEmpty();
    }

    // ---- who comes later

    @Test
    void whatWouldBeFeltWaitsForOneThatComesLater() {
        scenario.handsOverWithin(Duration.ofSeconds(60));
        MailDomain old = madeFromNothing("old", TWO);
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.isGone(old)).isFalse();
        assertThat(scenario.ready(old)).isEqualTo("False AwaitingSuccessor");
        assertThat(scenario.writes()).isEmpty();

        MailDomain late = scenario.domain("mail", "late", TWO);
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ready(late)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void andIsUndoneWhenTheTimeIsOver() {
        scenario.handsOverWithin(Duration.ofSeconds(60));
        MailDomain old = madeFromNothing("old", TWO);
        scenario.delete(old);
        scenario.settle();
        scenario.restarts();
        scenario.settle();
        assertThat(scenario.controls().zone("new.example")).isPresent();
        scenario.later(Duration.ofSeconds(61));
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.controls().zone("new.example")).isEmpty();
    }

    /** As where the Secret is a copy that another controller makes, of one that is kept elsewhere. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneWhoseSecretComesALittleLaterIsWaitedForThoughNothingIsFelt(boolean comes) {
        scenario.handsOverWithin(Duration.ofSeconds(60));
        scenario.zone("{'status':'active','routing':true}");
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = scenario.catchAll("mail", "rest", "old", "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        MailDomain renamed = scenario.domain("mail", "renamed", OWN_SECRET);
        CatchAllRule rest2 = scenario.catchAll("mail", "rest2", "renamed", "{'action':{'worker':'mailbox'}}");
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.delete(rest);
        scenario.settle();
        assertThat(scenario.ready(old)).isEqualTo("False AwaitingSuccessor");
        assertThat(scenario.ready(renamed)).isEqualTo("False SecretMissing");
        assertThat(scenario.writes()).isEmpty();

        if (comes) {
            scenario.ownSecret();
            scenario.settle();
            assertThat(scenario.writes()).isEmpty();
            assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
            assertThat(scenario.ready(rest2)).isEqualTo("True Applied");
        } else {
            scenario.later(Duration.ofSeconds(61));
            scenario.settle();
            assertThat(scenario.addresses()).isEmpty();
        }
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.isGone(rest)).isTrue();
    }

    /** As kubectl replace --force does: the next one cannot come before the operator has released the name. */
    @Test
    void whileNoOperatorRanNoneCouldCome() {
        scenario.handsOverWithin(Duration.ofSeconds(60));
        MailDomain old = madeFromNothing("old", TWO);
        scenario.delete(old, Instant.now().minusSeconds(120));
        scenario.restarts();
        scenario.settle();
        assertThat(scenario.ready(old)).isEqualTo("False AwaitingSuccessor");
        assertThat(scenario.controls().zone("new.example")).isPresent();

        scenario.later(Duration.ofSeconds(61));
        scenario.settle();

        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.controls().zone("new.example")).isEmpty();
    }

    @Test
    void rulesAloneAreUndoneAtOnce() {
        scenario.handsOverWithin(Duration.ofSeconds(60));
        scenario.zone("{'status':'active','routing':true}");
        MailDomain old = scenario.domain("mail", "old", SPAM);
        scenario.settle();
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.addresses()).isEmpty();
    }

    // ---- the catch-all

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "true, true"})
    void theCatchAllThatIsRenamedAlongKeepsWhatWasThereBefore(boolean goesToo, boolean elsewhere) {
        grantByName();
        String namespace = elsewhere ? "other" : "mail";
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = inPlaceOfTheirs("old");
        assertThat(scenario.ready(rest)).isEqualTo("True Applied");
        MailDomain renamed = scenario.domain(namespace, "renamed", SPAM);
        CatchAllRule rest2 = scenario.catchAll(namespace, "rest2", "renamed", "{'action':{'drop':true}}");
        scenario.settle();
        scenario.controls().clearCalls();

        scenario.delete(old);
        if (goesToo) {
            scenario.delete(rest);
        }
        scenario.settle();

        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.isGone(rest)).isEqualTo(goesToo);
        assertThat(scenario.ready(rest2)).isEqualTo("True Applied");
        assertThat(scenario.writes()).hasSize(1).allMatch(call -> call.startsWith("PUT"));

        scenario.delete(rest2);
        scenario.settle();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
    }

    /** The order in which a tool prunes is not ours. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCatchAllPassesOnThoughItsRuleIsDeletedBeforeTheMailDomain(boolean elsewhere) {
        scenario.handsOverWithin(Duration.ofSeconds(60));
        grantByName();
        String namespace = elsewhere ? "other" : "mail";
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = inPlaceOfTheirs("old");
        MailDomain renamed = scenario.domain(namespace, "renamed", SPAM);
        CatchAllRule rest2 = scenario.catchAll(namespace, "rest2", "renamed", "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        scenario.controls().clearCalls();

        scenario.delete(rest);
        scenario.settle();
        assertThat(scenario.isGone(rest)).isFalse();
        assertThat(scenario.ready(rest)).isEqualTo("False HandingOver");
        scenario.delete(old);
        scenario.settle();

        assertThat(scenario.isGone(rest)).isTrue();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ready(rest2)).isEqualTo("True Applied");
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.writes()).as("given back, and set again").isEmpty();
        scenario.delete(rest2);
        scenario.settle();
        scenario.later(Duration.ofSeconds(61));
        scenario.settle();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRuleThatGoesWithoutItsMailDomainGivesTheCatchAllBackAtOnceUnlessAnotherOneMayComeNext(boolean another) {
        scenario.handsOverWithin(Duration.ofSeconds(60));
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = inPlaceOfTheirs("old");
        if (another) {
            scenario.domain("mail", "renamed", SPAM);
            scenario.catchAll("mail", "rest2", "renamed", "{'action':{'drop':true}}");
            scenario.settle();
        }

        scenario.delete(rest);
        scenario.settle();
        assertThat(scenario.isGone(rest)).isEqualTo(!another);
        scenario.later(Duration.ofSeconds(61));
        scenario.settle();

        assertThat(scenario.isGone(rest)).isTrue();
        assertThat(scenario.ready(old)).isEqualTo("True Ready");
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
    }

    /** After a start no Secret is read yet: what is not known of the next one is no reason to undo anything. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    void theOperatorEndsInBetweenAndHasNotReadTheSecretOfTheNextOneWhenItGoesOn(boolean passed, boolean ownSecret) {
        scenario.ownSecret();
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = inPlaceOfTheirs("old");
        MailDomain renamed = scenario.domain("mail", "renamed", ownSecret ? OWN_SECRET : SPAM);
        CatchAllRule rest2 = scenario.catchAll("mail", "rest2", "renamed", "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        scenario.delete(old);
        scenario.delete(rest);
        scenario.reconcile(old);
        if (passed) {
            scenario.env().rules().losesNotesOf("rest");
            scenario.reconcile(rest);
            scenario.env().rules().losesNotesOf("");
        }
        scenario.controls().clearCalls();

        scenario.restarts();
        scenario.env().secrets().unread();
        scenario.reconcile(rest);
        scenario.reconcile(old);
        scenario.settle();

        assertThat(scenario.writes()).as("given back, and set again").isEmpty();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.isGone(rest)).isTrue();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.ready(rest2)).isEqualTo("True Applied");
    }

    /** A CatchAllRule of the MailDomain, which has set the catch-all: another user's stood there before. */
    private CatchAllRule inPlaceOfTheirs(String mailDomain) {
        scenario.zone(
                "{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        CatchAllRule rest = scenario.catchAll("mail", "rest", mailDomain, "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        return rest;
    }

    /** Two kinds have two watches, of which one may be ahead. */
    @Test
    void theCatchAllGoesOverToARuleThatTheWatchDoesNotShowYet() {
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = inPlaceOfTheirs("old");
        scenario.domain("mail", "renamed", SPAM);
        CatchAllRule rest2 = scenario.catchAll("mail", "rest2", "renamed", "{'action':{'worker':'mailbox'}}");
        scenario.env().view().hide(rest2);
        scenario.controls().clearCalls();

        scenario.delete(old);
        scenario.delete(rest);
        scenario.reconcile(old);
        scenario.reconcile(rest);

        assertThat(scenario.isGone(rest)).isTrue();
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.env().rules().live(rest2).orElseThrow().getStatus().ownershipRecord())
                .isPresent();
    }

    /** Found by the history of seed 183: the catch-all had passed, the domain had not yet, and all were deleted. */
    @ParameterizedTest
    @CsvSource({"false, true", "true, true", "true, false"})
    void whatWasThereBeforeComesBackThoughAllGoWhileTheCatchAllHasPassedAlone(
            boolean elsewhere, boolean domainGoesToo) {
        grantByName();
        String namespace = elsewhere ? "other" : "mail";
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = inPlaceOfTheirs("old");
        MailDomain renamed = scenario.domain(namespace, "renamed", SPAM);
        CatchAllRule rest2 = scenario.catchAll(namespace, "rest2", "renamed", "{'action':{'drop':true}}");
        scenario.settle();

        scenario.delete(old);
        scenario.delete(rest);
        scenario.reconcile(old);
        scenario.reconcile(rest);
        assertThat(scenario.isGone(rest)).isTrue();
        scenario.delete(rest2);
        if (domainGoesToo) {
            scenario.delete(renamed);
            scenario.reconcile(renamed);
        }
        scenario.settle();

        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.isGone(rest2)).isTrue();
        assertThat(scenario.isGone(renamed)).isEqualTo(domainGoesToo);
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
    }

    @Test
    void theCatchAllIsGivenBackWhereTheNextOneHasNone() {
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = inPlaceOfTheirs("old");
        MailDomain renamed = scenario.domain("mail", "renamed", SPAM);
        scenario.settle();
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.delete(rest);
        scenario.settle();
        assertThat(scenario.isGone(rest)).isTrue();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        nothingWasUndone();
    }

    @Test
    void aCatchAllThatCannotBeGivenBackHoldsTheDomainUpForAMinuteOnly() {
        MailDomain old = scenario.domain("mail", "old", SPAM);
        inPlaceOfTheirs("old");
        MailDomain renamed = scenario.domain("mail", "renamed", SPAM);
        scenario.settle();
        scenario.controls()
                .addFault(FaultPlan.next("PUT", "/catch_all", Fault.status(500)).withTimes(1000));
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.isGone(old)).isFalse();
        scenario.later(Duration.ofSeconds(61));
        scenario.settle();
        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("CatchAllKept"));
    }

    /** The deletion was held up by something else, or no operator ran: the CatchAllRule has had no minute yet. */
    @Test
    void aCatchAllPassesOnThoughTheDomainWasDeletedLongAgo() {
        MailDomain old = scenario.domain("mail", "old", SPAM);
        CatchAllRule rest = inPlaceOfTheirs("old");
        scenario.domain("mail", "renamed", SPAM);
        CatchAllRule rest2 = scenario.catchAll("mail", "rest2", "renamed", "{'action':{'drop':true}}");
        scenario.settle();
        scenario.delete(old, Instant.now().minusSeconds(120));
        scenario.delete(rest);
        scenario.settle();
        assertThat(scenario.ready(rest2)).isEqualTo("True Applied");

        scenario.delete(rest2);
        scenario.settle();

        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
    }

    /** The watch that calls the controller and the one that shows the others are two. */
    @Test
    void oneThatIsNotSeenYetGetsTheDomainAllTheSame() {
        scenario.zone("{'status':'active','routing':true}");
        MailDomain old = scenario.domain("mail", "old", SPAM);
        scenario.settle();
        scenario.env().view().lag();
        MailDomain renamed = scenario.domain("mail", "renamed", SPAM);
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.reconcile(old);
        assertThat(scenario.isGone(old)).isFalse();
        assertThat(scenario.controls().calls()).isEmpty();

        scenario.env().view().catchUp();
        scenario.settle();

        assertThat(scenario.isGone(old)).isTrue();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void aMailDomainThatRetainsIsJustLeft() {
        MailDomain old = madeFromNothing("old", "{'deletionPolicy':'Retain'," + ONE.substring(1));
        MailDomain renamed = scenario.domain("mail", "renamed", ONE);
        scenario.settle();
        scenario.controls().clearCalls();
        scenario.delete(old);
        scenario.settle();
        assertThat(scenario.ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.ownership(renamed).zone().origin()).isEqualTo(ZoneOrigin.Adopted);
        assertThat(scenario.writes()).isEmpty();
    }
}
