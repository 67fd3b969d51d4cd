package io.maildomain.operator.controller.destination;

import static io.maildomain.operator.controller.destination.DestinationScenario.EMAIL;
import static io.maildomain.operator.controller.destination.DestinationScenario.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.TargetOwnership;
import io.maildomain.operator.controller.destination.plan.DestinationMessages;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways of a namespace to get at a destination that it was not granted, or to stand in the way of those who were. None works. */
class DestinationTenancyTest {

    private static final String ONE = ROUTE + "/{destination_address_identifier}";
    private static final String THEIRS = "spy@evil.example";

    private final DestinationScenario destinations = new DestinationScenario();
    private final ScenarioDsl scenario = destinations.scenario();

    @BeforeEach
    void eachIsGrantedItsOwn() {
        scenario.env().cluster().withLabels("mail", Map.of("kubernetes.io/metadata.name", "mail", "mail", "yes"));
        access("{'mail':'yes'}", "*@corp.example");
        scenario.controls().putAddress(THEIRS, true);
    }

    @AfterEach
    void close() {
        destinations.close();
    }

    private void access(String labels, String forwardTo) {
        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{'matchLabels':" + labels
                        + "},'domains':['example.com'],'createZones':true,'forwardTo':['" + forwardTo
                        + "']},{'namespaces':{'matchLabels':{'kubernetes.io/metadata.name':'evil'}},'domains':['evil.example'],"
                        + "'createZones':true,'forwardTo':['*@evil.example']}]");
    }

    /** The victim's, which the operator created and whose owner has clicked the link. */
    private DestinationAddress victim() {
        DestinationAddress victim = destinations.applies("new", EMAIL, DeletionPolicy.Delete);
        scenario.controls().verifyAddress(EMAIL);
        scenario.later(Duration.ofSeconds(10));
        destinations.looks(victim);
        scenario.controls().clearCalls();
        return victim;
    }

    private DestinationAddress attacker(String email) {
        return destinations.applies("evil", "mine", email, DeletionPolicy.Delete);
    }

    private static String forwarding(String to) {
        return "{'domain':'evil.example','rules':[{'address':'hello@evil.example','action':{'forwardTo':'" + to
                + "'}}]}";
    }

    /** Of the attacker, with an active zone. */
    private MailDomain settled(String spec) {
        MailDomain domain = scenario.domain("evil", "evil", spec);
        scenario.settle();
        scenario.controls().activate("evil.example");
        scenario.settle();
        scenario.controls().clearCalls();
        return domain;
    }

    private String zone() {
        return scenario.controls().zone("evil.example").orElseThrow().toString();
    }

    private boolean isThere(String email) {
        return scenario.controls().state().toString().contains(email);
    }

    private void forges(DestinationAddress destination, String id) {
        DestinationAddress live = destinations.live(destination);
        live.setStatus(DestinationAddressStatus.ofOwnership(new DestinationOwnership(
                scenario.env().simulator().accountId(),
                new TargetOwnership(DeployOrigin.Created, id, Instant.now()),
                null)));
        scenario.env().destinations().put(live);
    }

    private String idOf(DestinationAddress destination) {
        return destinations.status(destination).ownership().address().id();
    }

    @Test
    void byADestinationAddressOfItsOwn() {
        DestinationAddress attack = attacker(EMAIL);

        assertThat(destinations.stands(attack)).isEqualTo("AccessDenied False AccessDenied");
        assertThat(destinations.calls()).isEmpty();
    }

    @Test
    void byAForgedStatusThatSaysThatItIsTheirs() {
        DestinationAddress victim = victim();
        DestinationAddress attack = attacker(EMAIL);
        forges(attack, idOf(victim));

        destinations.annotates(attack, DestinationMessages.RESEND, "now");
        destinations.looks(attack);
        destinations.deletes(attack);

        assertThat(destinations.isGone(attack)).isTrue();
        assertThat(destinations.calls()).isEmpty();
    }

    /** The address is their own, the id is the victim's. */
    @Test
    void byAForgedIdOfAnothersAddress() {
        DestinationAddress victim = victim();
        DestinationAddress attack = attacker("gone@evil.example");
        scenario.controls().clearCalls();
        destinations.deletesAtCloudflare("gone@evil.example");
        forges(attack, idOf(victim));
        scenario.later(Duration.ofSeconds(10));

        destinations.deletes(attack);

        assertThat(destinations.isGone(attack)).isTrue();
        assertThat(isThere(EMAIL)).isTrue();
    }

    @Test
    void byALabelThatMovesAway() {
        DestinationAddress formerly = victim();
        scenario.env().cluster().withLabels("mail", Map.of("kubernetes.io/metadata.name", "mail"));

        destinations.annotates(formerly, DestinationMessages.RESEND, "now");
        destinations.looks(formerly);
        assertThat(destinations.ready(formerly).reason()).isEqualTo("AccessDenied");
        destinations.deletes(formerly);

        assertThat(destinations.isGone(formerly)).isTrue();
        assertThat(destinations.calls()).isEmpty();
    }

    /** Granted as well, but the other one had it created. */
    @Test
    void byASecondOneThatAsksForAnotherMail() {
        access("{}", "*@corp.example");
        destinations.applies("new", EMAIL, DeletionPolicy.Delete);
        DestinationAddress second = destinations.applies("other", "second", EMAIL, DeletionPolicy.Delete);
        scenario.controls().clearCalls();

        destinations.annotates(second, DestinationMessages.RESEND, "now");
        scenario.later(Duration.ofSeconds(10));
        destinations.looks(second);
        destinations.deletes(second);

        assertThat(destinations.calls("POST", ROUTE)).isZero();
        assertThat(destinations.calls("DELETE", ONE)).isZero();
    }

    @Test
    void byARule() {
        victim();

        MailDomain attack = settled(forwarding(EMAIL));

        assertThat(scenario.ready(attack)).isEqualTo("False AccessDenied");
        assertThat(zone()).doesNotContain(EMAIL);
    }

    @Test
    void byACatchAll() {
        victim();
        settled("{'domain':'evil.example','rules':[]}");

        scenario.catchAll("evil", "all", "evil", "{'action':{'forwardTo':'" + EMAIL + "'}}");
        scenario.settle();

        assertThat(zone()).doesNotContain(EMAIL);
    }

    @Test
    void byAMailboxOfADomainThatLetsEverybodyForwardEverywhere() {
        victim();
        settled(
                "{'domain':'evil.example','rules':[],'mailboxes':[{'namespaces':{},'addresses':['*'],'forwardTo':['*']}]}");

        mailbox(MailboxState.Active);
        scenario.settle();

        assertThat(zone()).doesNotContain(EMAIL);
    }

    /** With a status that says whatever it likes. */
    private void mailbox(MailboxState state) {
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(new ObjectMetaBuilder()
                .withNamespace("evil")
                .withName("mine")
                .withUid("evil/mine")
                .withGeneration(1L)
                .withCreationTimestamp(Instant.now().toString())
                .build());
        mailbox.setSpec(new MailboxSpec(
                new MailboxDomainRef("evil", null),
                "a@evil.example",
                Action.forwarding(EMAIL),
                null,
                null,
                null,
                null));
        mailbox.setStatus(new MailboxStatus(
                1L,
                List.of(new Condition("Ready", "True", 1L, Instant.EPOCH, "Ready", "mine")),
                state,
                null,
                "never",
                "evil/mine",
                null));
        scenario.env().mailboxes().put(mailbox);
    }

    private void assertThatItGoes(DestinationAddress victim) {
        destinations.deletes(victim);

        assertThat(destinations.isGone(victim)).isTrue();
        assertThat(isThere(EMAIL)).isFalse();
    }

    @Test
    void noDestinationAddressOfThoseWhoMayNotKeepsAnothers() {
        DestinationAddress victim = victim();
        attacker(EMAIL);

        assertThatItGoes(victim);
    }

    /** Neither once it was looked at, nor before. */
    @Test
    void noRuleOfThoseWhoMayNotHoldsUpADeletion() {
        DestinationAddress victim = victim();
        scenario.domain("evil", "evil", forwarding(EMAIL));
        scenario.domain(
                "evil", "other", "{'rules':[{'address':'a@example.com','action':{'forwardTo':'" + EMAIL + "'}}]}");

        assertThatItGoes(victim);
    }

    @Test
    void noRuleThatStandsAndIsThenSaidToForwardThereHoldsItUp() {
        DestinationAddress victim = victim();
        settled(forwarding(THEIRS));
        scenario.domain("evil", "evil", forwarding(EMAIL));
        scenario.settle();

        assertThatItGoes(victim);
        assertThat(zone()).contains(THEIRS);
    }

    @Test
    void noCatchAllOrMailboxOfThoseWhoMayNotHoldsItUp() {
        DestinationAddress victim = victim();
        settled(forwarding(THEIRS));
        scenario.catchAll("evil", "all", "evil", "{'action':{'forwardTo':'" + EMAIL + "'}}");
        mailbox(MailboxState.AccessDenied);

        assertThatItGoes(victim);
    }

    /** In doubt mail goes on: they were granted it once, and the rule was left as it is. */
    @Test
    void aRuleThatStandsThoughItIsNotGrantedAnyMoreHoldsItUp() {
        DestinationAddress victim = victim();
        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true,'forwardTo':['*']}]");
        settled(forwarding(EMAIL));
        access("{'mail':'yes'}", "*@corp.example");
        scenario.settle();
        assertThat(zone()).contains(EMAIL);

        destinations.deletes(victim);

        assertThat(destinations.ready(victim).reason()).isEqualTo("DestinationInUse");
        assertThat(destinations.ready(victim).message()).contains("a rule or a catch-all that stands at Cloudflare");
    }

    /** Two CloudflareAccounts can name one account of Cloudflare. */
    @Test
    void oneOfAnotherCloudflareAccountThatNamesTheSameAccountKeepsIt() {
        DestinationAddress victim = victim();
        scenario.account(
                "second",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'forwardTo':['*']}]");
        destinations.appliesOf("second", "other", "theirs", EMAIL);

        destinations.deletes(victim);

        assertThat(destinations.isGone(victim)).isTrue();
        assertThat(isThere(EMAIL)).isTrue();
    }
}
