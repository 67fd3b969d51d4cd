package io.maildomain.operator.controller.maildomain;

import static io.maildomain.operator.controller.maildomain.ScriptedCloudflare.answerLost;
import static io.maildomain.operator.controller.maildomain.ScriptedCloudflare.postponed;
import static io.maildomain.operator.controller.maildomain.ScriptedCloudflare.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
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
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Done;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.ownership.MemoryStore;
import io.maildomain.operator.ownership.OwnershipConflict;
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
    private final MemoryStore<MailDomain, MailDomainSpec, MailDomainStatus> store = MemoryStore.ofMailDomains();
    private final SubdomainRemoval removal = new SubdomainRemoval();
    private MailDomain live;

    @BeforeEach
    void aResource() {
        store.afterOwnership(() -> journal.add("note"));
        live = store.put(TestResources.mailDomain("example", MailDomainSpec.of("example.com")));
    }

    private ApplyResult apply(Change... changes) {
        return new Applier(cloudflare, new OwnershipSession(store, live), ZONE, removal, () -> true)
                .apply(List.of(changes));
    }

    private Ownership ownership() {
        return store.live(live).orElseThrow().getStatus().ownershipRecord().orElse(Ownership.nothing());
    }

    private void noted(Ownership ownership) {
        OwnershipSession session = new OwnershipSession(store, live);
        session.note(ownership);
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
        assertThat(ownership().routing().state()).isEqualTo(RoutingState.Enabled);
        assertThat(ownership().subdomains()).containsExactly(IN);
    }

    @Test
    void nothingIsNotedOfRulesThatCarryTheirMark() {
        ApplyResult applied = apply(create("a@example.com"));

        assertThat(journal).containsExactly("create a@example.com");
        assertThat(applied.outcomes())
                .filteredOn(Done.class::isInstance)
                .extracting(outcome -> ((Done) outcome).ruleId())
                .anySatisfy(id -> assertThat(id).isNotEmpty());
        assertThat(applied.complete()).isTrue();
    }

    @Test
    void aResourceThatChangedMeanwhileStopsItBeforeAnyCall() {
        MailDomain changed = TestResources.mailDomain("example", live.getSpec());
        changed.getMetadata().setGeneration(2L);
        store.put(changed);
        OwnershipSession session = new OwnershipSession(store, TestResources.mailDomain("example", live.getSpec()));

        assertThatThrownBy(() -> new Applier(cloudflare, session, ZONE, removal, () -> true)
                        .apply(List.of(new Change.AddSubdomain(IN))))
                .isInstanceOf(OwnershipConflict.class);
        assertThat(journal).isEmpty();
    }

    @Test
    void ofAllRulesToADestinationThatIsNotVerifiedOneIsTried() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 400, 2054));

        ApplyResult applied = apply(
                forward("a@example.com", "new@corp.example"),
                forward("b@example.com", "new@corp.example"),
                forward("c@example.com", "team@corp.example"),
                forward("d@example.com", "new@corp.example"));

        assertThat(journal).containsExactly("create a@example.com", "create c@example.com");
        assertThat(applied.failed())
                .extracting(failed -> failed.change().subject())
                .containsExactly("a@example.com", "b@example.com", "d@example.com");
        assertThat(applied.failed()).allMatch(failed -> failed.why().targetRefused());
    }

    private static Change forward(String address, String destination) {
        return new Change.CreateRule(
                address,
                new RuleDraft("", true, 0, List.of(Matcher.to(address)), List.of(RuleAction.forwardTo(destination))));
    }

    @Test
    void aRefusalTakesTheNoteBack() {
        cloudflare.failing("enable", refused(CloudflareCall.ENABLE_ROUTING, 409, 2008));

        ApplyResult applied = apply(new Change.EnableRouting("example.com", false));

        assertThat(applied.failed()).hasSize(1);
        assertThat(ownership().routing()).isNull();
    }

    @Test
    void accessThatIsTakenAwayEndsItBeforeTheNextChangeAndTakesTheNotesBack() {
        BooleanSupplier granted = () -> journal.stream().noneMatch(call -> call.startsWith("create"));

        ApplyResult applied = new Applier(cloudflare, new OwnershipSession(store, live), ZONE, removal, granted)
                .apply(List.of(
                        new Change.CreateRule("a@example.com", draft("a@example.com")),
                        new Change.CreateRule("b@example.com", draft("b@example.com")),
                        new Change.AddSubdomain(IN)));

        assertThat(applied.done()).hasSize(1);
        assertThat(applied.skipped()).hasSize(2);
        assertThat(applied.complete()).isFalse();
        assertThat(ownership().subdomains()).isEmpty();
    }

    @Test
    void aRefusalLeavesWhatWasNotedEarlier() {
        noted(Ownership.nothing().withSubdomains(List.of(IN)));
        cloudflare.failing("add " + IN, refused(CloudflareCall.ADD_SUBDOMAIN, 409, 2008));

        apply(new Change.AddSubdomain(IN));

        assertThat(ownership().subdomains()).containsExactly(IN);
    }

    @Test
    void aLostAnswerKeepsTheNote() {
        cloudflare.failing("enable", answerLost(CloudflareCall.ENABLE_ROUTING));

        apply(new Change.EnableRouting("example.com", false));

        assertThat(ownership().routing()).isEqualTo(new RoutingOwnership(RoutingState.Enabling));
    }

    @Test
    void aRuleThatCouldNotBeTakenOverIsNoEntry() {
        cloudflare.holding(theirs()).failing("update a@example.com", refused(CloudflareCall.UPDATE_RULE, 400, 2054));

        apply(new Change.AdoptRule("a@example.com", RULE, draft("a@example.com"), PREVIOUS));

        assertThat(journal).startsWith("note", "rule " + RULE, "update a@example.com");
        assertThat(ownership().adoptedRules()).isEmpty();
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

        ApplyResult applied = apply(new Change.AdoptRule("a@example.com", RULE, draft("a@example.com"), PREVIOUS));

        assertThat(journal).noneMatch(call -> call.startsWith("update"));
        assertThat(applied.outdated()).hasSize(1);
        assertThat(applied.complete()).isFalse();
        assertThat(ownership().adoptedRules()).isEmpty();
    }

    @Test
    void aRuleThatWasTakenOverIsAnEntryUntilItIsGivenBack() {
        cloudflare.holding(theirs());
        apply(new Change.AdoptRule("a@example.com", RULE, draft("a@example.com"), PREVIOUS));
        assertThat(ownership().adoptedRules()).containsExactly(new AdoptedRule("a@example.com", RULE, PREVIOUS));

        live = store.live(live).orElseThrow();
        apply(new Change.GiveBackRule("a@example.com", RULE, draft("a@example.com")));
        assertThat(ownership().adoptedRules()).isEmpty();
    }

    @Test
    void subaddressingRemembersWhatWasThereFirstAndForgetsItOnceRestored() {
        apply(new Change.SetSubaddressing("example.com", true, false, false));
        live = store.live(live).orElseThrow();
        apply(new Change.SetSubaddressing("example.com", true, true, false));
        assertThat(ownership().subaddressing()).isEqualTo(new SubaddressingOwnership(false));

        live = store.live(live).orElseThrow();
        apply(new Change.SetSubaddressing("example.com", false, true, true));
        assertThat(ownership().subaddressing()).isNull();
    }

    @Test
    void oneBadRuleDoesNotBlockTheOthers() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 400, 2054));

        ApplyResult applied = apply(create("a@example.com"), create("b@example.com"), create("c@example.com"));

        assertThat(applied.done()).extracting(Change::subject).containsExactly("b@example.com", "c@example.com");
        assertThat(applied.failed())
                .extracting(failure -> failure.change().subject())
                .containsExactly("a@example.com");
        assertThat(applied.skipped()).isEmpty();
    }

    @Test
    void aMissingRightStopsTheRest() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 403, 10000));

        ApplyResult applied = apply(create("a@example.com"), create("b@example.com"), new Change.AddSubdomain(IN));

        assertThat(journal).containsExactly("note", "create a@example.com", "note");
        assertThat(applied.skipped()).hasSize(2);
        assertThat(ownership().subdomains()).isEmpty();
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

        ApplyResult applied = apply(
                create("a@example.com"), create("b@example.com"), create("c@example.com"), create("d@example.com"));

        assertThat(applied.failed()).hasSize(3);
        assertThat(applied.skipped()).extracting(Change::subject).containsExactly("d@example.com");
    }

    @Test
    void withoutRoutingNothingElseIsTried() {
        cloudflare.failing("enable", refused(CloudflareCall.ENABLE_ROUTING, 409, 2008));

        ApplyResult applied = apply(
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

        ApplyResult applied = apply(removal(IN));

        assertThat(journal).containsExactly("settings", "remove " + IN, "settings", "note");
        assertThat(applied.kept()).isEmpty();
        assertThat(ownership().subdomains()).isEmpty();
    }

    @Test
    void whereRemovingASubdomainSwitchesTheDomainOffItGoesOnAgainAndTheCallIsNeverUsedAgain() {
        cloudflare.whereRemovalSwitchesTheDomainOff();

        ApplyResult first = apply(removal(IN), removal("notify.example.com"));
        assertThat(cloudflare.enabled()).isTrue();
        assertThat(first.kept()).extracting(Change::subject).containsExactly(IN, "notify.example.com");
        assertThat(journal).containsExactly("settings", "remove " + IN, "settings", "enable");

        journal.clear();
        apply(removal("third.example.com"));
        assertThat(journal).isEmpty();
    }

    @Test
    void theOtherHostsThatWentOffWithTheDomainGoOnAgainToo() {
        cloudflare.whereRemovalSwitchesTheDomainOff().withSubdomain("lists.example.com");

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
        ApplyResult second = apply(removal(IN));
        assertThat(journal).startsWith("enable").doesNotContain("remove " + IN);
        assertThat(cloudflare.enabled()).isTrue();
        assertThat(second.kept()).extracting(Change::subject).containsExactly(IN);
    }

    @Test
    void rulesThatATakeoverCouldNotWriteBeforeEnablingAreWrittenRightAfterIt() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 409, 2020));

        ApplyResult applied = apply(create("a@example.com"), new Change.EnableRouting("example.com", false));

        assertThat(journal).containsExactly("note", "create a@example.com", "enable", "create a@example.com", "note");
        assertThat(applied.complete()).isTrue();
    }

    @Test
    void aRuleWhoseDestinationIsNotVerifiedIsNotTriedTwice() {
        cloudflare.failing("create a@example.com", refused(CloudflareCall.CREATE_RULE, 400, 2054));

        ApplyResult applied = apply(create("a@example.com"), new Change.EnableRouting("example.com", false));

        assertThat(journal).containsOnlyOnce("create a@example.com");
        assertThat(applied.failed())
                .extracting(failure -> failure.change().subject())
                .containsExactly("a@example.com");
    }

    @Test
    void switchingOffIsForgottenOnceItIsDone() {
        noted(Ownership.nothing().withRouting(new RoutingOwnership(RoutingState.Enabled)));

        apply(new Change.DisableRouting("example.com"));

        assertThat(ownership().routing()).isNull();
    }

    @Test
    void restoringMissingRecordsClaimsNothing() {
        ApplyResult applied = apply(new Change.EnableRouting("example.com", true));

        assertThat(journal).containsExactly("enable");
        assertThat(applied.did(Change.EnableRouting.class)).isTrue();
    }
}
