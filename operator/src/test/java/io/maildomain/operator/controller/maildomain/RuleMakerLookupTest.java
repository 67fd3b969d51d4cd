package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.controller.maildomain.plan.NotTaken;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.OwnerMark;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleMakerLookupTest {

    private static final OwnerMark MARK = new OwnerMark("us", "kube", Set.of());
    private static final String RULES =
            "{'rules':[{'address':'mine@example.com','action':{'drop':true}}]}".replace('\'', '"');

    private final List<MailDomain> living = new ArrayList<>();
    private final MailDomain mine = living("mine", "example.com");

    private MailDomain living(String name, String domain) {
        MailDomain made = TestResources.mailDomain(
                name,
                ScenarioDsl.spec(
                        "{\"domain\":\"" + domain + "\"," + RULES.substring(1).replace("example.com", domain)));
        living.add(made);
        return made;
    }

    private static ObservedState observe(String address, String ruleName) {
        RoutingRule rule = new RoutingRule(
                "id", ruleName, true, 0, List.of(LiveRule.to(address)), List.of(RuleAction.drop()), "api");
        return new ObservedState(
                null,
                new RoutingSettings(true, "ready", "example.com", false),
                List.of(),
                List.of(rule),
                new CatchAll("", "", false, List.of(RuleAction.drop()), "api"));
    }

    private DesiredState desired(ObservedState observed, Set<String> contested) {
        ResourceCache view = MemoryCluster.of(living, List.of());
        ResourceCache confined = (ResourceCache) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ResourceCache.class},
                (proxy, method, arguments) -> method.getName().equals("watches")
                        ? arguments[0].equals("mail")
                        : method.invoke(view, arguments));
        return DesiredState.of(mine, Grants.everything(), MARK)
                .knowing(contested, NotTaken.NOTHING, Set.of())
                .among(new RuleMakerLookup(confined).of(mine, observed));
    }

    private List<String> plan(String address, String ruleName) {
        ObservedState observed = observe(address, ruleName);
        return Planner.plan(desired(observed, Set.of()), observed, Ownership.nothing())
                .describe();
    }

    private List<String> cleanup(String address, String ruleName) {
        ObservedState observed = observe(address, ruleName);
        return Planner.cleanup(desired(observed, Set.of()), observed, Ownership.nothing()).stream()
                .map(Change::describe)
                .toList();
    }

    @Test
    void aLeftoverOfThisResourceOrOfOneThatIsGoneIsDeleted() {
        assertThat(plan("old@example.com", "mail/mine [mdo:us]")).anyMatch(words -> words.contains("old@"));
        assertThat(plan("old@example.com", "mail/gone [mdo:us]")).anyMatch(words -> words.contains("old@"));
        assertThat(plan("old@example.com", "[mdo:us]")).anyMatch(words -> words.contains("old@"));
        assertThat(plan("old@example.com", "words of people [mdo:us]")).anyMatch(words -> words.contains("old@"));
    }

    @Test
    void soIsOneOfAnotherResourceWhoseDomainThisOneHolds() {
        living("rival", "example.com");

        assertThat(plan("old@example.com", "mail/rival [mdo:us]")).anyMatch(words -> words.contains("old@"));
    }

    @Test
    void oneThatAnotherInstallationMadeWithTheSameIdStays() {
        assertThat(plan("old@example.com", "elsewhere/mine [mdo:us]")).noneMatch(words -> words.contains("old@"));
        assertThat(cleanup("old@example.com", "elsewhere/mine [mdo:us]")).isEmpty();
    }

    @Test
    void oneOfALivingResourceWithADomainOfItsOwnStays() {
        living("other", "other.example");

        assertThat(plan("old@example.com", "mail/other [mdo:us]")).noneMatch(words -> words.contains("old@"));
        assertThat(cleanup("old@example.com", "mail/other [mdo:us]")).isEmpty();
    }

    @Test
    void whatIsNotOursToDeleteCountsAsInUse() {
        ObservedState observed = observe("old@example.com", "elsewhere/mine [mdo:us]");

        assertThat(Planner.isUsedByOthers(desired(observed, Set.of()), observed, Ownership.nothing()))
                .isTrue();
    }

    @Test
    void aRuleOfTheFirstReleaseIsOursWhereItNamesAResourceOfOurs() {
        assertThat(plan("mine@example.com", "mail/mine [mdo:kube]")).isEmpty();
        assertThat(plan("old@example.com", "mail/mine [mdo:kube]")).anyMatch(words -> words.contains("old@"));
        assertThat(plan("old@example.com", "mail/gone [mdo:kube]")).anyMatch(words -> words.contains("old@"));
        assertThat(plan("old@example.com", "elsewhere/mine [mdo:kube]")).noneMatch(words -> words.contains("old@"));
        assertThat(plan("old@example.com", "words of people [mdo:kube]")).noneMatch(words -> words.contains("old@"));
    }

    @Test
    void itGetsOurMarkWithItsNextWrite() {
        RoutingRule changed = new RoutingRule(
                "id",
                "mail/mine [mdo:kube]",
                false,
                0,
                List.of(LiveRule.to("mine@example.com")),
                List.of(RuleAction.drop()),
                "api");
        ObservedState found = observe("x@example.com", "");
        ObservedState observed =
                new ObservedState(null, found.routing(), List.of(), List.of(changed), found.catchAll());

        assertThat(Planner.plan(desired(observed, Set.of()), observed, Ownership.nothing())
                        .changes())
                .singleElement()
                .satisfies(change ->
                        assertThat(((Change.UpdateRule) change).draft().name()).isEqualTo("mail/mine [mdo:us]"));
    }

    @Test
    void aRuleThatIsMadeAgainWheneverItIsDeletedIsLeftAlone() {
        ObservedState observed = observe("old@example.com", "mail/mine [mdo:us]");

        assertThat(Planner.plan(desired(observed, Set.of("old@example.com")), observed, Ownership.nothing())
                        .describe())
                .noneMatch(words -> words.contains("old@"));
    }
}
