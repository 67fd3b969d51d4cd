package io.maildomain.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.cluster.MemoryCluster;
import io.maildomain.operator.routing.OwnerMark;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MakersTest {

    private static final OwnerMark MARK = new OwnerMark("us", "kube", Set.of());
    private static final String RULES =
            "{'rules':[{'address':'mine@example.com','action':{'drop':true}}]}".replace('\'', '"');

    private final List<MailDomain> living = new ArrayList<>();
    private final MailDomain mine = living("mine", "example.com");

    private MailDomain living(String name, String domain) {
        MailDomain made = MemoryStore.mailDomain(
                name,
                Bench.spec(
                        "{\"domain\":\"" + domain + "\"," + RULES.substring(1).replace("example.com", domain)));
        living.add(made);
        return made;
    }

    private static Snapshot snapshot(String address, String ruleName) {
        RoutingRule rule = new RoutingRule(
                "id", ruleName, true, 0, List.of(LiveRule.to(address)), List.of(RuleAction.drop()), "api");
        return new Snapshot(
                null,
                new RoutingSettings(true, "ready", "example.com", false),
                List.of(),
                List.of(rule),
                new CatchAll("", "", false, List.of(RuleAction.drop()), "api"));
    }

    private Wanted wanted(Snapshot snapshot, Set<String> contested) {
        Cluster view = MemoryCluster.of(living, List.of());
        Cluster confined = (Cluster) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Cluster.class},
                (proxy, method, arguments) -> method.getName().equals("watches")
                        ? arguments[0].equals("mail")
                        : method.invoke(view, arguments));
        return new Wanted(mine.getSpec(), Grants.everything(), MARK, "mail/mine", contested)
                .among(new Makers(confined).of(mine, snapshot));
    }

    private List<String> plan(String address, String ruleName) {
        Snapshot snapshot = snapshot(address, ruleName);
        return Planner.plan(wanted(snapshot, Set.of()), snapshot, Ownership.nothing())
                .words();
    }

    private List<String> undo(String address, String ruleName) {
        Snapshot snapshot = snapshot(address, ruleName);
        return Planner.undo(wanted(snapshot, Set.of()), snapshot, Ownership.nothing()).stream()
                .map(Change::words)
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
        assertThat(undo("old@example.com", "elsewhere/mine [mdo:us]")).isEmpty();
    }

    @Test
    void oneOfALivingResourceWithADomainOfItsOwnStays() {
        living("other", "other.example");

        assertThat(plan("old@example.com", "mail/other [mdo:us]")).noneMatch(words -> words.contains("old@"));
        assertThat(undo("old@example.com", "mail/other [mdo:us]")).isEmpty();
    }

    @Test
    void whatIsNotOursToDeleteCountsAsInUse() {
        Snapshot snapshot = snapshot("old@example.com", "elsewhere/mine [mdo:us]");

        assertThat(Planner.isUsedByOthers(wanted(snapshot, Set.of()), snapshot, Ownership.nothing()))
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
        Snapshot found = snapshot("x@example.com", "");
        Snapshot snapshot = new Snapshot(null, found.routing(), List.of(), List.of(changed), found.catchAll());

        assertThat(Planner.plan(wanted(snapshot, Set.of()), snapshot, Ownership.nothing())
                        .changes())
                .singleElement()
                .satisfies(change ->
                        assertThat(((Change.UpdateRule) change).draft().name()).isEqualTo("mail/mine [mdo:us]"));
    }

    @Test
    void aRuleThatIsMadeAgainWheneverItIsDeletedIsLeftAlone() {
        Snapshot snapshot = snapshot("old@example.com", "mail/mine [mdo:us]");

        assertThat(Planner.plan(wanted(snapshot, Set.of("old@example.com")), snapshot, Ownership.nothing())
                        .words())
                .noneMatch(words -> words.contains("old@"));
    }
}
