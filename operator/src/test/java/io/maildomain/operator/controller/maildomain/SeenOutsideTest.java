package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DelegationState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.dns.World.Subject;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.SenderPolicyFinding;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the world sees of a domain comes into its status beside its reconciles, and changes nothing else. */
class SeenOutsideTest {

    private static final String DOMAIN = FakeEnvironment.DOMAIN;
    private static final String DROP = "{'rules':[{'address':'spam@example.com','action':{'drop':true}}]}";

    private final ScenarioDsl scenario = new ScenarioDsl(Options.usual().withSweeps()).usual();

    @AfterEach
    void close() {
        scenario.close();
    }

    private static WorldView delegatedTo(List<String> servers) {
        return new WorldView(
                "com",
                new Answer.Found<>(servers),
                Answer.absent(),
                false,
                "",
                new Answer.Found<>(List.of("route1.mx.cloudflare.net")),
                new SenderPolicyFinding.Valid(1, true),
                Answer.absent());
    }

    private MailDomain live(MailDomain domain) {
        return scenario.env().domains().live(domain).orElseThrow();
    }

    private Optional<Condition> deliverable(MailDomain domain) {
        return live(domain).getStatus().condition("MailDeliverable");
    }

    private boolean isTold(MailDomain domain) {
        return scenario.env()
                .domainController()
                .seenOutside(new Subject(
                        domain.getMetadata().getUid(),
                        domain.getMetadata().getNamespace(),
                        domain.getMetadata().getName(),
                        DOMAIN));
    }

    private MailDomain settled() {
        scenario.zone("{'status':'active'}");
        MailDomain domain = scenario.domain("example", DROP);
        scenario.settle();
        return domain;
    }

    @Test
    void whereNobodyLooksNothingIsSaid() {
        MailDomain domain = settled();

        assertThat(deliverable(domain)).isEmpty();
        assertThat(live(domain).getStatus().delegation()).isNull();
    }

    @Test
    void newsAreWrittenWithoutACallToCloudflare() {
        scenario.env().world().looks();
        MailDomain domain = settled();
        assertThat(deliverable(domain)).isEmpty();
        List<String> servers = live(domain).getStatus().zone().nameServers();
        scenario.controls().clearCalls();

        scenario.env().world().shows(DOMAIN, delegatedTo(servers));
        assertThat(isTold(domain)).isTrue();

        assertThat(deliverable(domain).orElseThrow().status()).isEqualTo("True");
        assertThat(live(domain).getStatus().delegation().state()).isEqualTo(DelegationState.Complete);
        assertThat(live(domain).getStatus().ownershipRecord()).isPresent();
        assertThat(scenario.controls().calls()).isEmpty();
    }

    @Test
    void whatIsWrongOutsideIsNoPartOfReady() {
        MailDomain domain = settled();

        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));
        isTold(domain);
        scenario.settle();

        assertThat(deliverable(domain).orElseThrow().reason()).isEqualTo("DelegatedElsewhere");
        assertThat(scenario.condition(domain, "Ready").holds()).isTrue();
        scenario.nothingFlaps();
    }

    @Test
    void theSameNewsTwiceAreWrittenOnce() {
        MailDomain domain = settled();
        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));
        isTold(domain);
        String written = live(domain).getMetadata().getResourceVersion();

        assertThat(isTold(domain)).isTrue();

        assertThat(live(domain).getMetadata().getResourceVersion()).isEqualTo(written);
    }

    @Test
    void aSweepThatSeesNothingNewLeavesWhatIsSeenOutsideAsItIs() {
        MailDomain domain = settled();
        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));
        isTold(domain);
        scenario.env().sweep();

        scenario.nothingFlaps();

        assertThat(deliverable(domain)).isPresent();
    }

    @Test
    void aPendingZoneSaysWhoHasTheDomainStill() {
        scenario.zone("{'status':'pending'}");
        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));
        MailDomain domain = scenario.domain("example", DROP);

        scenario.settle();

        assertThat(scenario.condition(domain, "ZoneReady").message())
                .startsWith("com still delegates to ns1.old.example. To do: set the name servers of example.com");
        assertThat(scenario.condition(domain, "Ready").message())
                .isEqualTo(scenario.condition(domain, "ZoneReady").message());
        scenario.nothingFlaps();
    }

    @Test
    void aRestartLeavesTheStatusAsItIsUntilTheFirstLook() {
        scenario.zone("{'status':'pending'}");
        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));
        MailDomain domain = scenario.domain("example", DROP);
        scenario.settle();
        String written = live(domain).getMetadata().getResourceVersion();

        scenario.env().world().isForgotten();
        scenario.restarts().settle();

        assertThat(live(domain).getMetadata().getResourceVersion()).isEqualTo(written);
    }

    @Test
    void whileADomainIsWorkedOnNewsWait() {
        MailDomain domain = settled();
        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));

        Optional<Boolean> told = scenario.env().locks().alone(DOMAIN, () -> isTold(domain));

        assertThat(told).contains(false);
        assertThat(deliverable(domain)).isEmpty();
    }

    @Test
    void newsOfWhatIsGoneOrBeingDeletedAreWrittenNowhere() {
        MailDomain domain = settled();
        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));
        scenario.delete(domain);

        assertThat(isTold(domain)).isTrue();
        assertThat(deliverable(domain)).isEmpty();

        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(isTold(domain)).isTrue();
        assertThat(scenario.env().world().uids()).isEmpty();
    }

    @Test
    void aSuspendedDomainIsNotLookedAt() {
        MailDomain domain = settled();
        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));
        isTold(domain);

        scenario.domain("example", ScenarioDsl.with(DROP, "'suspend':true"));
        scenario.settle();

        assertThat(deliverable(domain).orElseThrow().reason()).isEqualTo("Suspended");
        assertThat(scenario.env().world().uids()).isEmpty();
        scenario.nothingFlaps();
    }

    @Test
    void whereItIsSwitchedOffASuspendedDomainSaysNothingOfIt() {
        MailDomain domain = settled();
        scenario.env().world().shows(DOMAIN, delegatedTo(List.of("ns1.old.example")));
        isTold(domain);
        scenario.env().world().looksNoMore();

        scenario.domain("example", ScenarioDsl.with(DROP, "'suspend':true"));
        scenario.settle();

        assertThat(deliverable(domain)).isEmpty();
        assertThat(live(domain).getStatus().delegation()).isNull();
    }
}
