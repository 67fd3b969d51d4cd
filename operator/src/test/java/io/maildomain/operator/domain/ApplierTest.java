package io.maildomain.operator.domain;

import static io.maildomain.operator.domain.ScriptedCloudflare.answerLost;
import static io.maildomain.operator.domain.ScriptedCloudflare.postponed;
import static io.maildomain.operator.domain.ScriptedCloudflare.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingOwnership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.api.v1alpha1.SubaddressingOwnership;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.ledger.LedgerConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplierTest {

    private static final String ZONE = "0".repeat(32);
    private static final String RULE = "1".repeat(32);
    private static final String IN = "in.example.com";
    private static final RuleContent PREVIOUS = new RuleContent("by hand", true, 3, "drop", null);

    private final List<String> journal = new ArrayList<>();
    private final ScriptedCloudflare cloudflare = new ScriptedCloudflare(journal);
    private final MemoryStore store = new MemoryStore(journal);
    private final SubdomainRemoval removal = new SubdomainRemoval();
    private MailDomain live;

    @BeforeEach
    void aResource() {
        live = store.put(MemoryStore.mailDomain("example", MailDomainSpec.of("example.com")));
    }

    private Applied apply(Change... changes) {
        return new Applier(cloudflare, new LedgerSession(store, live), ZONE, removal, () -> true)
                .apply(List.of(changes));
    }

    private Ownership ledger() {
        return store.live(live).orElseThrow().getStatus().ledger().orElse(Ownership.nothing());
    }

    private void noted(Ownership ledger) {
        LedgerSession session = new LedgerSession(store, live);
        session.note(ledger);
        live = store.live(live).orElseThrow();
        journal.clear();
    }

    private static RuleDraft draft(String address) {
        return new RuleDraft("", true, 0, List.of(Matcher.to(address)), List.of(RuleAction.drop()));
    }

    private static Change create(String address) {
        return new Change.CreateRule(address, draft(address));
    }

    private static Change removal(String host) {
        return new Change.RemoveSubdomain(host, List.of(), List.of());
    }

    @Test
    void whatIsToBeUndoneLaterIsNotedBeforeTheFirstCall() {
        apply(new Change.EnableRouting("example.com", false), new Change.AddSubdomain(IN));

        assertThat(journal).containsExactly("note", "enable", "add " + IN, "note");
        assertThat(ledger().routing().state()).isEqualTo(RoutingState.Enabled);
        assertThat(ledger().subdomains()).containsExactly(IN);
    }

    @Test
    void nothingIsNotedOfRulesThatCarryTheirMark() {
        Applied applied = apply(create("a@example.com"));

        assertThat(journal).containsExactly("create a@example.com");
        assertThat(applied.ruleIds()).containsKey("a@example.com");
        assertThat(applied.complete()).isTrue();
    }

    @Test
    void aResourceThatChangedMeanwhileStopsItBeforeAnyCall() {
        MailDomain changed = MemoryStore.mailDomain("example", live.getSpec());
        changed.getMetadata().setGeneration(2L);
        store.put(changed);
        LedgerSession session = new LedgerSession(store, MemoryStore.mailDomain("example", live.getSpec()));

        assertThatThrownBy(() -> new Applier(cloudflare, session, ZONE, removal, () -> true)
                        .apply(List.of(new Change.AddSubdomain(IN))))
                .isInstanceOf(LedgerConflict.class);
        assertThat(journal).isEmpty();
    }

    @Test
    void aRefusalTakesTheNoteBack() {
        cloudflare.failing("enable", refused(CloudflareCall.ENABLE_ROUTING, 409, 2008));

        Applied applied = apply(new Change.EnableRouting("example.com", false));

        assertThat(applied.failed()).hasSize(1);
        assertThat(ledger().routing()).isNull();
    }

    @Test
    void accessThatIsTakenAwayEndsItBeforeTheNextChangeAndTakesTheNotesBack() {
        BooleanSupplier granted = () -> journal.stream().noneMatch(call -> call.startsWith("create"));

        Applied applied = new Applier(cloudflare, new LedgerSession(store, live), ZONE, removal, granted)
                .apply(List.of(
                        new Change.CreateRule("a@example.com", draft("a@example.com")),
                        new Change.CreateRule("b@example.com", draft("b@example.com")),
                        new Change.AddSubdomain(IN)));

        assertThat(applied.done()).hasSize(1);
        assertThat(applied.skipped()).hasSize(2);
        assertThat(applied.complete()).isFalse();
        assertThat(ledger().subdomains()).isEmpty();
    }

    @Test
    void aRefusalLeavesWhatWasNotedEarlier() {
        noted(Ownership.nothing().withSubdomains(List.of(IN)));
        cloudflare.failing("add " + IN, refused(CloudflareCall.ADD_SUBDOMAIN, 409, 2008));

        apply(new Change.AddSubdomain(IN));

        assertThat(ledger().subdomains()).containsExactly(IN);
    }

    @Test
    void aLostAnswerKeepsTheNote() {
        cloudflare.failing("enable", answerLost(CloudflareCall.ENABLE_ROUTING));

        apply(new Change.EnableRouting("example.com", false));

        assertThat(ledger().routing()).isEqualTo(new RoutingOwnership(RoutingState.Enabling));
    }

    @Test
    void aRuleThatCouldNotBeTakenOverIsNoEntry() {
        cloudflare.holding(theirs()).failing("update a@example.com", refused(CloudflareCall.UPDATE_RULE, 400, 2054));

        apply(new Change.AdoptRule("a@example.com", RULE, draft("a@example.com"), PREVIOUS));

        assertThat(journal).startsWith("note", "rule " + RULE, "update a@example.com");
        assertThat(ledger().adoptedRules()).isEmpty();
    }

    /** The rule as PREVIOUS says that it is. */
    private static RoutingRule theirs() {
        return named(PREVIOUS.name());
    }

    private static RoutingRule named(String name) {
        return new RoutingRule(
                RULE, name, true, 3, List.of(LiveRule.to("a@example.com")), List.of(RuleAction.drop()), "api");
    }

    @Test
    void aRuleThatSomebodyChangedSinceItWasListedIsNotTakenOverAsItWas() {
        cloudflare.holding(named("changed since"));

        Applied applied = apply(new Change.AdoptRule("a@example.com", RULE, draft("a@example.com"), PREVIOUS));

        assertThat(journal).noneMatch(call -> call.startsWith("update"));
        assertThat(applied.outdated()).hasSize(1);
        assertThat(applied.complete()).isFalse();
        assertThat(ledger().adoptedRules()).isEmpty();
    }

    @Test
    void aRuleThatWasTakenOverIsAnEntryUntilItIsGivenBack() {
        cloudflare.holding(theirs());
        apply(new Change.AdoptRule("a@example.com", RULE, draft("a@example.com"), PREVIOUS));
        assertThat(ledger().adoptedRules()).containsExactly(new AdoptedRule("a@example.com", RULE, PREVIOUS));

        live = store.live(live).orElseThrow();
        apply(new Change.GiveBackRule("a@example.com", RULE, draft("a@example.com")));
        assertThat(ledger().adoptedRules()).isEmpty();
    }

    @Test
    void subaddressingRemembersWhatWasThereFirstAndForgetsItOnceRestored() {
        apply(new Change.SetSubaddressing("example.com", true, false, false));
        live = store.live(live).orElseThrow();
        apply(new Change.SetSubaddressing("example.com", true, true, false));
        assertThat(ledger().subaddressing()).isEqualTo(new SubaddressingOwnership(false));

        live = store.live(live).orElseThrow();
        apply(new Change.SetSubaddressing("example.com", false, true, true));
        assertThat(ledger().subaddressing()).isNull();
    }

    @Test
    void oneBadRuleDoesNotBlockTheOthers() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 400, 2054));

        Applied applied = apply(create("a@example.com"), create("b@example.com"), create("c@example.com"));

        assertThat(applied.done()).extracting(Change::subject).containsExactly("b@example.com", "c@example.com");
        assertThat(applied.failureOf("a@example.com")).isPresent();
        assertThat(applied.skipped()).isEmpty();
    }

    @Test
    void aMissingRightStopsTheRest() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 403, 10000));

        Applied applied = apply(create("a@example.com"), create("b@example.com"), new Change.AddSubdomain(IN));

        assertThat(journal).containsExactly("note", "create a@example.com", "note");
        assertThat(applied.skipped()).hasSize(2);
        assertThat(ledger().subdomains()).isEmpty();
    }

    @Test
    void soDoesABudgetThatIsUsedUp() {
        cloudflare.failing("create a@example.com", postponed(CloudflareCall.CREATE_RULE));

        assertThat(apply(create("a@example.com"), create("b@example.com")).skipped())
                .hasSize(1);
    }

    @Test
    void oneHiccupOfCloudflaresDoesNotStopTheRestButThreeDo() {
        List.of("a", "b", "c")
                .forEach(name -> cloudflare.failing(
                        "create " + name + "@example.com", refused(CloudflareCall.CREATE_RULE, 502, 0)));

        Applied applied = apply(
                create("a@example.com"), create("b@example.com"), create("c@example.com"), create("d@example.com"));

        assertThat(applied.failed()).hasSize(3);
        assertThat(applied.skipped()).extracting(Change::subject).containsExactly("d@example.com");
    }

    @Test
    void withoutRoutingNothingElseIsTried() {
        cloudflare.failing("enable", refused(CloudflareCall.ENABLE_ROUTING, 409, 2008));

        Applied applied = apply(
                new Change.EnableRouting("example.com", false), new Change.AddSubdomain(IN), create("a@example.com"));

        assertThat(applied.skipped()).hasSize(2);
    }

    @Test
    void deletingARuleThatIsGoneIsASuccess() {
        cloudflare.failing("delete " + RULE, refused(CloudflareCall.DELETE_RULE, 404, 1000));

        assertThat(apply(new Change.DeleteRule("a@example.com", RULE)).done()).hasSize(1);
    }

    @Test
    void deletingARuleInAZoneThatIsHiddenIsNone() {
        cloudflare.failing("delete " + RULE, refused(CloudflareCall.DELETE_RULE, 404, 7003));

        assertThat(apply(new Change.DeleteRule("a@example.com", RULE)).failed()).hasSize(1);
    }

    @Test
    void settingsAreReadBeforeAndAfterASubdomainIsRemoved() {
        noted(Ownership.nothing().withSubdomains(List.of(IN)));

        Applied applied = apply(removal(IN));

        assertThat(journal).containsExactly("settings", "remove " + IN, "settings", "note");
        assertThat(applied.kept()).isEmpty();
        assertThat(ledger().subdomains()).isEmpty();
    }

    @Test
    void whereRemovingASubdomainSwitchesTheDomainOffItGoesOnAgainAndTheCallIsNeverUsedAgain() {
        cloudflare.whereRemovalSwitchesTheDomainOff();

        Applied first = apply(removal(IN), removal("notify.example.com"));
        assertThat(cloudflare.enabled()).isTrue();
        assertThat(first.kept()).containsExactly(IN, "notify.example.com");
        assertThat(journal).containsExactly("settings", "remove " + IN, "settings", "enable");

        journal.clear();
        apply(removal("third.example.com"));
        assertThat(journal).isEmpty();
    }

    @Test
    void theOtherHostsThatWentOffWithTheDomainGoOnAgainToo() {
        cloudflare.whereRemovalSwitchesTheDomainOff().routing("lists.example.com");

        apply(new Change.RemoveSubdomain(
                IN, List.of("notify.example.com"), List.of("lists.example.com", "never-on.example.com")));

        assertThat(journal)
                .endsWith("settings", "enable", "add notify.example.com", "add lists.example.com")
                .doesNotContain("add never-on.example.com");
    }

    @Test
    void ifSwitchingItOnAgainFailsTheNextTryDoesItWithoutRemovingAnything() {
        cloudflare.whereRemovalSwitchesTheDomainOff().failing("enable", refused(CloudflareCall.ENABLE_ROUTING, 500, 0));
        noted(Ownership.nothing().withSubdomains(List.of(IN)));

        assertThat(apply(removal(IN)).failed()).hasSize(1);
        assertThat(cloudflare.enabled()).isFalse();

        journal.clear();
        Applied second = apply(removal(IN));
        assertThat(journal).startsWith("enable").doesNotContain("remove " + IN);
        assertThat(cloudflare.enabled()).isTrue();
        assertThat(second.kept()).containsExactly(IN);
    }

    @Test
    void rulesThatATakeoverCouldNotWriteBeforeEnablingAreWrittenRightAfterIt() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 409, 2020));

        Applied applied = apply(create("a@example.com"), new Change.EnableRouting("example.com", false));

        assertThat(journal).containsExactly("note", "create a@example.com", "enable", "create a@example.com", "note");
        assertThat(applied.complete()).isTrue();
    }

    @Test
    void aRuleWhoseDestinationIsNotVerifiedIsNotTriedTwice() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 400, 2054));

        Applied applied = apply(create("a@example.com"), new Change.EnableRouting("example.com", false));

        assertThat(journal).containsOnlyOnce("create a@example.com");
        assertThat(applied.failureOf("A@Example.com")).isPresent();
    }

    @Test
    void switchingOffIsForgottenOnceItIsDone() {
        noted(Ownership.nothing().withRouting(new RoutingOwnership(RoutingState.Enabled)));

        apply(new Change.DisableRouting("example.com"));

        assertThat(ledger().routing()).isNull();
    }

    @Test
    void restoringMissingRecordsClaimsNothing() {
        Applied applied = apply(new Change.EnableRouting("example.com", true));

        assertThat(journal).containsExactly("enable");
        assertThat(applied.did(Change.EnableRouting.class, "example.com")).isTrue();
    }
}
