package io.maildomain.operator.edges;

import static io.maildomain.operator.edges.World.SPAM;
import static io.maildomain.operator.edges.World.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.ledger.LedgerConflict;
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

    private World world;

    @BeforeEach
    void start() {
        world = new World().usual();
        world.zone("{'status':'active'}");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** One that the operator made the zone for, and all in it. */
    private MailDomain madeFromNothing(String name, String spec) {
        MailDomain domain = world.domain("mail", name, spec);
        world.settle();
        world.controls().activate("new.example");
        world.settle();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
        return domain;
    }

    private void nothingWasUndone() {
        assertThat(world.writes())
                .noneMatch(call -> call.equals("DELETE /zones/{zone_id}"))
                .noneMatch(call -> call.endsWith("/disable") || call.endsWith("/enable"))
                .noneMatch(call -> call.startsWith("POST") && call.endsWith("/zones"));
    }

    @Test
    void theZoneRulesAndRoutingGoOverToTheNewName() {
        MailDomain old = madeFromNothing("old", TWO);
        Ownership before = world.ledger(old);
        MailDomain renamed = world.domain("mail", "renamed", TWO);
        world.settle();
        assertThat(world.ready(renamed)).isEqualTo("False Conflict");
        assertThat(world.condition(renamed, "Ready").message()).contains("MailDomain old", "go over to this one");
        world.controls().clearCalls();

        world.delete(old);
        world.settle();

        assertThat(world.isGone(old)).isTrue();
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
        assertThat(world.ledger(renamed)).isEqualTo(before);
        assertThat(world.events).anyMatch(event -> event.startsWith("HandedOver: ") && event.contains("renamed"));
    }

    @Test
    void bothAppliedAndPrunedInOneSyncBeforeTheNewOneWasEverLookedAt() {
        MailDomain old = madeFromNothing("old", TWO);
        MailDomain renamed = world.domain("mail", "renamed", ONE);
        world.controls().clearCalls();
        world.delete(old);
        world.reconcile(old);
        world.settle();

        assertThat(world.isGone(old)).isTrue();
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        nothingWasUndone();
        assertThat(world.controls().zone("new.example").orElseThrow().rules()).hasSize(1);
        assertThat(world.ledger(renamed).subdomains()).isEmpty();
    }

    @Test
    void whatIsLeftOverGoesAfterWhatIsNewHasCome() {
        MailDomain old = madeFromNothing("old", TWO);
        world.domain(
                "mail",
                "renamed",
                "{'domain':'new.example','rules':[{'address':'c@new.example','action':{'drop':true}}]}");
        world.controls().clearCalls();
        world.delete(old);
        world.settle();
        List<String> rules =
                world.writes().stream().filter(call -> call.contains("/rules")).toList();
        assertThat(rules.get(0)).startsWith("POST");
        assertThat(rules.subList(1, rules.size())).hasSize(2).allMatch(call -> call.startsWith("DELETE"));
        nothingWasUndone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aZoneThatWasCreatedIsStillDeletedWithTheLastOfThem(boolean restarted) {
        MailDomain old = madeFromNothing("old", ONE);
        MailDomain renamed = younger("renamed");
        world.delete(old);
        world.settle();
        MailDomain again = younger("again");
        world.delete(renamed);
        world.settle();
        if (restarted) {
            world.restarts();
        }
        assertThat(world.ready(again)).isEqualTo("True Ready");
        assertThat(world.origins.size())
                .as("of those that are gone nothing is kept")
                .isEqualTo(1);

        world.delete(again);
        world.settle();

        assertThat(world.controls().zone("new.example")).isEmpty();
        assertThat(world.origins.size()).isZero();
    }

    @Test
    void withoutTheOperatorsOwnEvidenceItIsKept() {
        MailDomain old = madeFromNothing("old", ONE);
        MailDomain renamed = younger("renamed");
        world.delete(old);
        world.settle();
        world.origins.lose();

        world.delete(renamed);
        world.settle();

        assertThat(world.isGone(renamed)).isTrue();
        assertThat(world.controls().zone("new.example")).isPresent();
        assertThat(world.events).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    /** Younger than the zone, which the simulator makes now. */
    private MailDomain younger(String name) {
        return world.younger("mail", name, ONE);
    }

    @Test
    void whoForgesThatItsAdoptedZoneWasCreatedPassesNoMoreOnThanItHad() {
        world.zone("{'status':'active','routing':true}");
        MailDomain old = world.younger("mail", "old", "{'domain':'example.com','zone':{'deletionPolicy':'Delete'}}");
        world.settle();
        world.ledger(old, noted -> noted.withZone(created(noted.zone())));
        MailDomain renamed =
                world.younger("mail", "renamed", "{'domain':'example.com','zone':{'deletionPolicy':'Delete'}}");
        world.settle();
        world.delete(old);
        world.settle();
        world.ledger(renamed, noted -> noted.withZone(created(noted.zone())));

        world.delete(renamed);
        world.settle();

        assertThat(world.isGone(renamed)).isTrue();
        assertThat(world.controls().zone("example.com")).isPresent();
    }

    private static ZoneOwnership created(ZoneOwnership zone) {
        return new ZoneOwnership(zone.id(), zone.accountId(), ZoneOrigin.Created, null);
    }

    // ---- who comes next

    @Test
    void anotherNamespaceTakesOverOnlyIfItIsGrantedTheDomainByName() {
        MailDomain old = world.domain("mail", "old", SPAM);
        MailDomain other = world.domain("other", "other", TEAM);
        world.settle();
        assertThat(world.addresses()).containsExactly("spam@example.com");
        world.delete(old);
        world.settle();
        assertThat(world.addresses()).as("undone, not inherited").isEmpty();
        assertThat(world.ready(other)).isEqualTo("False Conflict");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherNamespaceThatIsGrantedTheDomainByNameTakesOver(boolean looked) {
        grantByName();
        MailDomain old = world.domain("mail", "old", SPAM);
        world.settle();
        MailDomain other = world.domain("other", "other", SPAM);
        if (looked) {
            world.settle();
        }
        world.controls().clearCalls();
        world.delete(old);
        world.reconcile(old);
        world.settle();
        assertThat(world.ready(other)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
        assertThat(world.events)
                .filteredOn(event -> event.startsWith("HandedOver"))
                .as("a namespace learns no more than the fact")
                .noneMatch(event -> event.contains("old") || event.contains("MailDomain other"));
    }

    private void grantByName() {
        world.account(
                "default",
                "tokens",
                world.simulator.accountId(),
                "[{'namespaces':{},'domains':['example.com'],'createZones':true,'workers':['*'],'forwardTo':['*']}]");
    }

    @Test
    void ofSeveralTheNamespacesOwnComesFirstAndThenTheOldest() {
        grantByName();
        MailDomain old = world.domain("mail", "old", SPAM);
        world.settle();
        MailDomain elsewhere = world.domain("other", "elsewhere", SPAM);
        MailDomain first = world.domain("mail", "first", SPAM);
        MailDomain second = world.domain("mail", "second", SPAM);
        world.settle();
        world.delete(old);
        world.settle();
        assertThat(world.ready(first)).isEqualTo("True Ready");
        world.delete(first);
        world.settle();
        assertThat(world.ready(second)).isEqualTo("True Ready");
        world.controls().clearCalls();
        world.delete(second);
        world.settle();
        assertThat(world.ready(elsewhere)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
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
        world.secrets.holding(
                "mail",
                "made-up",
                "CLOUDFLARE_API_TOKEN",
                "0123456789012345678901234567890123456789",
                "CLOUDFLARE_ACCOUNT_ID",
                world.simulator.accountId());
        MailDomain old = world.domain("mail", "old", SPAM);
        world.settle();
        world.domain("mail", "useless", spec);
        world.settle();
        MailDomain next = world.domain("mail", "next", TEAM);
        world.settle();
        world.controls().clearCalls();

        goes(old);

        assertThat(world.ready(next)).isEqualTo("True Ready");
        nothingWasUndone();

        goes(next);
        assertThat(world.addresses()).as("nobody is next").isEmpty();
    }

    /** A token that Cloudflare refused is asked again only after a while: meanwhile nothing is undone, and nothing changes. */
    private void goes(MailDomain domain) {
        world.delete(domain);
        await().atMost(Duration.ofSeconds(10)).until(() -> world.settle().isGone(domain));
        world.settle();
    }

    @Test
    void oneOfAnotherAccountIsNoSuccessor() {
        String elsewhere = "f".repeat(32);
        world.controls().putAccount(elsewhere, "Elsewhere", 0);
        world.account("elsewhere", "tokens", elsewhere, "[{'namespaces':{},'domains':['*'],'createZones':true}]");
        MailDomain old = world.domain("mail", "old", SPAM);
        world.settle();
        world.domain("mail", "there", "{'credentials':{'accountRef':{'name':'elsewhere'}},'rules':[]}");
        world.settle();
        world.delete(old);
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.addresses()).isEmpty();
    }

    @Test
    void oneDomainIsOneDomainHoweverManyNameIt() {
        world.account(
                "default",
                "tokens",
                world.simulator.accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true,'maxDomains':1}]");
        MailDomain old = world.domain("mail", "old", SPAM);
        world.settle();
        MailDomain renamed = world.domain("mail", "renamed", SPAM);
        world.settle();
        world.controls().clearCalls();
        world.delete(old);
        world.settle();
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
    }

    // ---- what goes wrong in between

    @Test
    void aPassingFailureOfTheQuestionWhoIsNextUndoesNothing() {
        MailDomain old = madeFromNothing("old", ONE);
        MailDomain renamed = world.domain("mail", "renamed", ONE);
        world.settle();
        world.controls().clearCalls();
        world.controls()
                .addFault(FaultPlan.next("GET", "/zones/[0-9a-f]+$", Fault.status(500))
                        .withTimes(3));
        world.delete(old);
        for (int i = 0; i < 3; i++) {
            world.reconcile(old);
            assertThat(world.isGone(old)).isFalse();
        }
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before the record", "before it is gone"})
    void theOperatorEndsInBetween(String moment) {
        MailDomain old = madeFromNothing("old", TWO);
        MailDomain renamed = world.domain("mail", "renamed", TWO);
        world.settle();
        world.controls().clearCalls();
        world.delete(old);
        if (moment.equals("before it is gone")) {
            world.domains.afterLedger(() -> {
                world.domains.afterLedger(() -> {});
                throw new LedgerConflict("the operator is killed", null);
            });
        }
        world.reconcile(old);
        world.restarts();
        world.reconcile(renamed);
        world.settle();

        assertThat(world.isGone(old)).isTrue();
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
        assertThat(world.ledger(renamed).zone().origin()).isEqualTo(ZoneOrigin.Created);
    }

    @Test
    void bothGoAndTheThirdGetsIt() {
        MailDomain old = madeFromNothing("old", TWO);
        MailDomain second = world.domain("mail", "second", TWO);
        MailDomain third = world.domain("mail", "third", TWO);
        world.settle();
        world.controls().clearCalls();
        world.domains.afterLedger(() -> {
            world.domains.afterLedger(() -> {});
            throw new LedgerConflict("the operator is killed", null);
        });
        world.delete(old);
        world.reconcile(old);
        assertThat(world.ledger(second).notedZone()).isPresent();
        world.restarts();
        world.delete(second);
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.isGone(second)).isTrue();
        assertThat(world.ready(third)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
    }

    @Test
    void bothGoAndNobodyIsLeft() {
        MailDomain old = madeFromNothing("old", TWO);
        MailDomain second = world.domain("mail", "second", TWO);
        world.settle();
        world.delete(old);
        world.delete(second);
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.isGone(second)).isTrue();
        assertThat(world.controls().zone("new.example")).isEmpty();
    }

    @Test
    void whoIsKeptByAnotherFinalizerStandsInNobodysWay() {
        MailDomain old = madeFromNothing("old", TWO);
        world.finalizer(old, "somebody.example/keeps");
        MailDomain renamed = world.domain("mail", "renamed", TWO);
        world.settle();
        world.controls().clearCalls();
        world.delete(old);
        world.settle();
        assertThat(world.isGone(old)).isFalse();
        assertThat(world.ledger(old).notedZone()).isEmpty();
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
    }

    @Test
    void aZoneThatIsOnlyAnnouncedPassesOn() {
        MailDomain old = world.domain("mail", "old", ONE);
        world.controls().addFault(FaultPlan.next("POST", "/zones$", Fault.resetAfter()));
        world.reconcile(old);
        assertThat(world.ledger(old).zone().origin()).isEqualTo(ZoneOrigin.Creating);
        MailDomain renamed = younger("renamed");
        world.delete(old);
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.ledger(renamed).zone().origin()).isEqualTo(ZoneOrigin.Created);

        world.delete(renamed);
        world.settle();
        assertThat(world.controls().zone("new.example")).isEmpty();
    }

    // ---- who comes later

    @Test
    void whatWouldBeFeltWaitsForOneThatComesLater() {
        world.handsOverWithin(Duration.ofSeconds(60));
        MailDomain old = madeFromNothing("old", TWO);
        world.controls().clearCalls();
        world.delete(old);
        world.settle();
        assertThat(world.isGone(old)).isFalse();
        assertThat(world.ready(old)).isEqualTo("False AwaitingSuccessor");
        assertThat(world.writes()).isEmpty();

        MailDomain late = world.domain("mail", "late", TWO);
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.ready(late)).isEqualTo("True Ready");
        assertThat(world.writes()).isEmpty();
    }

    @Test
    void andIsUndoneWhenTheTimeIsOver() {
        world.handsOverWithin(Duration.ofSeconds(60));
        MailDomain old = madeFromNothing("old", TWO);
        world.delete(old);
        world.settle();
        world.restarts();
        world.settle();
        assertThat(world.controls().zone("new.example")).isPresent();
        world.later(Duration.ofSeconds(61));
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.controls().zone("new.example")).isEmpty();
    }

    @Test
    void rulesAloneAreUndoneAtOnce() {
        world.handsOverWithin(Duration.ofSeconds(60));
        world.zone("{'status':'active','routing':true}");
        MailDomain old = world.domain("mail", "old", SPAM);
        world.settle();
        world.delete(old);
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.addresses()).isEmpty();
    }

    // ---- the catch-all

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "true, true"})
    void theCatchAllThatIsRenamedAlongKeepsWhatWasThereBefore(boolean goesToo, boolean elsewhere) {
        grantByName();
        String namespace = elsewhere ? "other" : "mail";
        world.zone("{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        MailDomain old = world.domain("mail", "old", SPAM);
        CatchAllRule rest = world.catchAll("mail", "rest", "old", "{'action':{'worker':'mailbox'}}");
        world.settle();
        assertThat(world.ready(rest)).isEqualTo("True Applied");
        MailDomain renamed = world.domain(namespace, "renamed", SPAM);
        CatchAllRule rest2 = world.catchAll(namespace, "rest2", "renamed", "{'action':{'drop':true}}");
        world.settle();
        world.controls().clearCalls();

        world.delete(old);
        if (goesToo) {
            world.delete(rest);
        }
        world.settle();

        assertThat(world.isGone(old)).isTrue();
        assertThat(world.isGone(rest)).isEqualTo(goesToo);
        assertThat(world.ready(rest2)).isEqualTo("True Applied");
        assertThat(world.writes()).hasSize(1).allMatch(call -> call.startsWith("PUT"));

        world.delete(rest2);
        world.settle();
        assertThat(world.zone().catchAll().name()).isEqualTo("theirs");
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
    }

    /** Found by the history of seed 183: the catch-all had passed, the domain had not yet, and all were deleted. */
    @ParameterizedTest
    @CsvSource({"false, true", "true, true", "true, false"})
    void whatWasThereBeforeComesBackThoughAllGoWhileTheCatchAllHasPassedAlone(
            boolean elsewhere, boolean domainGoesToo) {
        grantByName();
        String namespace = elsewhere ? "other" : "mail";
        world.zone("{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        MailDomain old = world.domain("mail", "old", SPAM);
        CatchAllRule rest = world.catchAll("mail", "rest", "old", "{'action':{'worker':'mailbox'}}");
        world.settle();
        MailDomain renamed = world.domain(namespace, "renamed", SPAM);
        CatchAllRule rest2 = world.catchAll(namespace, "rest2", "renamed", "{'action':{'drop':true}}");
        world.settle();

        world.delete(old);
        world.delete(rest);
        world.reconcile(old);
        world.reconcile(rest);
        assertThat(world.isGone(rest)).isTrue();
        world.delete(rest2);
        if (domainGoesToo) {
            world.delete(renamed);
            world.reconcile(renamed);
        }
        world.settle();

        assertThat(world.isGone(old)).isTrue();
        assertThat(world.isGone(rest2)).isTrue();
        assertThat(world.isGone(renamed)).isEqualTo(domainGoesToo);
        assertThat(world.zone().catchAll().name()).isEqualTo("theirs");
    }

    @Test
    void theCatchAllIsGivenBackWhereTheNextOneHasNone() {
        world.zone("{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        MailDomain old = world.domain("mail", "old", SPAM);
        CatchAllRule rest = world.catchAll("mail", "rest", "old", "{'action':{'worker':'mailbox'}}");
        world.settle();
        MailDomain renamed = world.domain("mail", "renamed", SPAM);
        world.settle();
        world.controls().clearCalls();
        world.delete(old);
        world.delete(rest);
        world.settle();
        assertThat(world.isGone(rest)).isTrue();
        assertThat(world.zone().catchAll().name()).isEqualTo("theirs");
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        nothingWasUndone();
    }

    @Test
    void aCatchAllThatCannotBeGivenBackHoldsTheDomainUpForAMinuteOnly() {
        world.zone("{'status':'active','catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        MailDomain old = world.domain("mail", "old", SPAM);
        world.catchAll("mail", "rest", "old", "{'action':{'worker':'mailbox'}}");
        world.settle();
        MailDomain renamed = world.domain("mail", "renamed", SPAM);
        world.settle();
        world.controls()
                .addFault(FaultPlan.next("PUT", "/catch_all", Fault.status(500)).withTimes(1000));
        world.delete(old);
        world.settle();
        assertThat(world.isGone(old)).isFalse();
        world.delete(old, Instant.now().minusSeconds(61));
        world.settle();
        assertThat(world.isGone(old)).isTrue();
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        assertThat(world.events).anyMatch(event -> event.startsWith("CatchAllKept"));
    }

    @Test
    void aMailDomainThatRetainsIsJustLeft() {
        MailDomain old = madeFromNothing("old", "{'deletionPolicy':'Retain'," + ONE.substring(1));
        MailDomain renamed = world.domain("mail", "renamed", ONE);
        world.settle();
        world.controls().clearCalls();
        world.delete(old);
        world.settle();
        assertThat(world.ready(renamed)).isEqualTo("True Ready");
        assertThat(world.ledger(renamed).zone().origin()).isEqualTo(ZoneOrigin.Adopted);
        assertThat(world.writes()).isEmpty();
    }
}
