package io.maildomain.operator.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import io.maildomain.operator.statuspage.plan.PageDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPagesTest {

    private static final Instant NOW = TestResources.NOW.plus(Duration.ofDays(2));

    private final List<MailDomain> domains = new ArrayList<>();
    private final List<CatchAllRule> catchAlls = new ArrayList<>();
    private final List<DestinationAddress> destinations = new ArrayList<>();
    private final MemoryCluster cluster =
            new MemoryCluster(() -> domains, () -> catchAlls).withDestinationAddresses(() -> destinations);
    private final StatusPages pages = new StatusPages(
            "1.2.3",
            cluster,
            new StatusPages.Levels() {
                @Override
                public Map<String, Budget> budgets() {
                    return Map.of("default", new Budget(200, 240));
                }

                @Override
                public Map<String, Checks> checks() {
                    return Map.of("default", new Checks(3, 0, true, Duration.ofMinutes(4), Duration.ofMinutes(10)));
                }
            },
            Clock.fixed(NOW, ZoneOffset.UTC));

    private PageDocument page(String query) {
        return PageDocument.of(pages.now().apply(query));
    }

    private static Condition condition(String type, String status, String reason) {
        return new Condition(type, status, 1L, NOW.minus(Duration.ofHours(1)), reason, type + " says so");
    }

    private MailDomain domain(String name, RuleState state) {
        MailDomain domain = TestResources.domain("mail", name, 0);
        MailRule rule = MailRule.of("shop@" + name, Action.forwarding("team@corp.example"));
        domain.setSpec(
                new MailDomainSpec(name, null, null, null, null, null, List.of(rule), null, null, null, null, null));
        domain.setStatus(new MailDomainStatus(
                1L,
                List.of(
                        condition("Ready", "True", "Ready"),
                        condition("ZoneReady", "True", "ZoneActive"),
                        condition("RoutingEnabled", "True", "RoutingEnabled")),
                null,
                null,
                null,
                null,
                List.of(new HostStatus(name, HostState.Ready, null, null)),
                List.of(new RuleStatus(rule.address(), null, state, "not verified", null)),
                null,
                null,
                null,
                null,
                null,
                null));
        domains.add(domain);
        return domain;
    }

    @Test
    void theDomainsOfAllNamespacesAreThere() {
        domain("a.example", RuleState.Synced);
        domains.add(TestResources.domain("team-b", "b.example", 0));

        assertThat(page("").texts("//section[h2/@id='domains']//tbody/tr/th"))
                .containsExactlyInAnyOrder("a.example", "b.example");
    }

    @Test
    void aQueryIsAnswered() {
        domain("a.example", RuleState.Synced);
        domain("b.example", RuleState.Synced);

        assertThat(page("find=b.ex").texts("//section[h2/@id='domains']//tbody/tr/th"))
                .containsExactly("b.example");
    }

    @Test
    void anEmptyClusterHasAPage() {
        assertThat(page("").text("//h2[@id='overview']")).isEqualTo("0 domains");
    }

    @Test
    void aResourceThatHasNoSpecAnyMoreIsPassedOver() {
        MailDomain ghost = new MailDomain();
        ghost.setMetadata(TestResources.meta("mail", "ghost", 0));
        domains.add(ghost);

        assertThat(page("").text("//h2[@id='overview']")).isEqualTo("0 domains");
    }

    @Test
    void allThatAskTogetherAreAnsweredFromOneLook() {
        UnaryOperator<String> before = pages.now();
        domain("a.example", RuleState.Synced);

        assertThat(PageDocument.of(before.apply("")).text("//h2[@id='overview']"))
                .isEqualTo("0 domains");
        assertThat(page("").text("//h2[@id='overview']")).isEqualTo("1 domain");
    }

    @Test
    void anAccountHasItsBudgetAndItsSweeps() {
        cluster.with(TestResources.account("default", TestResources.ACCOUNT_ID));
        cluster.with(TestResources.account("other", TestResources.ACCOUNT_ID));

        assertThat(page("").texts("//section[h2/@id='accounts']//dd"))
                .containsExactly(
                        "200 of 240 requests may be sent at once.",
                        "3 resources compared with Cloudflare within the last 4 min; the interval is 10 min.",
                        "No request was sent with its tokens lately.",
                        "No healthy resource uses it.");
    }

    @Test
    void anAddressThatSeveralWaitForStandsOnce() {
        domain("a.example", RuleState.DestinationUnverified);
        domain("b.example", RuleState.DestinationUnverified);
        domain("c.example", RuleState.Synced);
        DestinationAddress destination = new DestinationAddress();
        destination.setMetadata(TestResources.meta("mail", "team", 0));
        destination.setSpec(DestinationAddressSpec.of("team@corp.example"));
        destination.setStatus(
                new DestinationAddressStatus(1L, List.of(), DestinationState.Unverified, null, null, null, null));
        destinations.add(destination);

        assertThat(page("").texts("//section[h2/@id='destinations']//tbody/tr/*"))
                .containsExactly(
                        "team@corp.example",
                        "default",
                        "DestinationAddress mail/team, MailDomain mail/a-example, MailDomain mail/b-example");
    }

    @Test
    void aCatchAllThatWaitsForADestinationIsListedThereAndAmongTheOthers() {
        CatchAllRule rule = new CatchAllRule();
        rule.setMetadata(TestResources.meta("mail", "all", 0));
        rule.setSpec(CatchAllRuleSpec.of("a-example", Action.forwarding("late@corp.example")));
        rule.setStatus(new CatchAllRuleStatus(
                1L,
                List.of(
                        condition("Ready", "False", "DestinationUnverified"),
                        condition("CatchAllApplied", "False", "DestinationUnverified")),
                null));
        catchAlls.add(rule);

        assertThat(page("").text("//section[h2/@id='destinations']//tbody/tr/th"))
                .isEqualTo("late@corp.example");
        assertThat(page("").text("//section[h2/@id='others']//tbody/tr/th")).isEqualTo("CatchAllRule mail/all");
    }

    @Test
    void theWayOfAMailIsFollowedOverTheResources() {
        domain("a.example", RuleState.Synced);

        assertThat(page("address=Shop%40A.example").text("//section[h2/@id='trace']/p[@role='status']"))
                .isEqualTo("Mail to shop@a.example: forwarded to team@corp.example, as far as can be seen.");
    }

    @Test
    void aMailboxAndADestinationAddressThatNeedPeopleAreListed() {
        List<Condition> refused =
                List.of(condition("Ready", "False", "AccessDenied"), condition("Stalled", "True", "AccessDenied"));
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(TestResources.meta("team", "box", 0));
        mailbox.setSpec(MailboxSpec.of(
                new MailboxDomainRef("a-example", "mail"), "box@a.example", Action.forwarding("team@corp.example")));
        mailbox.setStatus(new MailboxStatus(1L, refused, MailboxState.AccessDenied, null, null, null, null));
        cluster.withMailboxes(() -> List.of(mailbox));
        DestinationAddress destination = new DestinationAddress();
        destination.setMetadata(TestResources.meta("mail", "team", 0));
        destination.setSpec(DestinationAddressSpec.of("team@corp.example"));
        destination.setStatus(
                new DestinationAddressStatus(1L, refused, DestinationState.AccessDenied, null, null, null, null));
        destinations.add(destination);

        assertThat(page("").texts("//section[h2/@id='others']//tbody/tr/th"))
                .containsExactly("DestinationAddress mail/team", "Mailbox team/box");
    }

    @Test
    void aHostBelowADomainBelongsToIt() {
        domain("a.example", RuleState.Synced);

        assertThat(page("address=x%40deep.in.a.example").texts("//section[h2/@id='trace']//tbody/tr[1]/td[2]"))
                .containsExactly("MailDomain mail/a-example is for a.example");
    }

    /** A MailDomain that was refused must not hide the one above it, which routes the subdomain. */
    @ParameterizedTest
    @CsvSource({
        "NotApex, a-example",
        "ZoneNotFound, a-example",
        "ZonePending, a-example",
        "HeldElsewhere, in-a-example",
        "AccessDenied, in-a-example"
    })
    void aMailDomainWithoutAZoneLeavesItsMailToTheOneAbove(String reason, String holder) {
        domain("a.example", RuleState.Synced);
        MailDomain below = TestResources.domain("mail", "in.a.example", 0);
        below.setStatus(MailDomainStatus.ofOwnership(null)
                .withConditions(1L, List.of(condition("ZoneReady", "False", reason))));
        domains.add(below);

        assertThat(page("address=x%40in.a.example").text("//section[h2/@id='trace']//tbody/tr[1]/td[2]"))
                .startsWith("MailDomain mail/" + holder + " is for ");
    }

    @Test
    void aMailDomainWithoutAZoneIsNamedWhereThereIsNoneAboveIt() {
        MailDomain only = TestResources.domain("mail", "in.a.example", 0);
        only.setStatus(MailDomainStatus.ofOwnership(null)
                .withConditions(1L, List.of(condition("ZoneReady", "False", "NotApex"))));
        domains.add(only);

        assertThat(page("address=x%40in.a.example").text("//section[h2/@id='trace']//tbody/tr[1]/td[2]"))
                .startsWith("MailDomain mail/in-a-example is for ");
    }

    /** As one can be that was there before its CRD was tightened: it must not take the page from all readers. */
    @Test
    void aResourceThatHoldsNothingTakesNothingFromTheOthers() {
        domain("a.example", RuleState.Synced);
        MailDomain hollow = TestResources.domain("mail", "hollow", 0);
        hollow.setSpec(MailDomainSpec.of(null));
        domains.add(hollow);
        MailDomain untyped = TestResources.domain("mail", "untyped.example", 0);
        untyped.setStatus(MailDomainStatus.ofOwnership(null)
                .withConditions(1L, List.of(new Condition(null, null, null, null, null, null))));
        domains.add(untyped);
        DestinationAddress nowhere = new DestinationAddress();
        nowhere.setMetadata(TestResources.meta("mail", "nowhere", 0));
        nowhere.setSpec(DestinationAddressSpec.of(null));
        nowhere.setStatus(
                new DestinationAddressStatus(1L, List.of(), DestinationState.Unverified, null, null, null, null));
        destinations.add(nowhere);

        assertThat(page("address=x%40a.example").texts("//section[h2/@id='domains']//tbody/tr/th"))
                .containsExactlyInAnyOrder("a.example", "untyped.example");
        assertThat(page("").count("//section[h2/@id='destinations']")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"64, 1", "2, 130"})
    void aNameThatIsTooLongForDnsIsNoAddress(int length, int labels) {
        String host = ("a".repeat(length) + ".").repeat(labels) + "example";

        assertThat(page("address=x%40" + host).text("//section[h2/@id='trace']/p[@role='status']"))
                .endsWith("is no address: write it as name@domain.");
    }

    @Test
    void whatIsNoAddressIsSaidToBeNone() {
        assertThat(page("address=nonsense").text("//section[h2/@id='trace']/p[@role='status']"))
                .isEqualTo("nonsense is no address: write it as name@domain.");
    }
}
