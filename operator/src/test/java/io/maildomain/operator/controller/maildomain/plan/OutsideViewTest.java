package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DelegationState;
import io.maildomain.api.v1alpha1.DelegationStatus;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneStatus;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.SenderPolicyFinding;
import io.maildomain.operator.dns.plan.Sight;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OutsideViewTest {

    private static final Instant NOW = Instant.parse("2026-11-29T22:00:00Z");
    private static final List<String> OURS = List.of("amy.ns.cloudflare.com", "bob.ns.cloudflare.com");
    private static final List<String> OLD = List.of("ns1.old.example");
    private static final List<String> ROUTES =
            List.of("route1.mx.cloudflare.net", "route2.mx.cloudflare.net", "route3.mx.cloudflare.net");
    private static final SenderPolicyFinding SENDERS = new SenderPolicyFinding.Valid(1, true);

    private static <T> Answer<T> found(T value) {
        return new Answer.Found<>(value);
    }

    private static WorldView view(List<String> servers, List<Integer> tags, List<String> exchangers) {
        return new WorldView(
                "com",
                found(servers),
                tags.isEmpty() ? Answer.absent() : found(tags),
                false,
                "",
                exchangers.isEmpty() ? Answer.absent() : found(exchangers),
                SENDERS,
                found("reject"));
    }

    /** As a reconcile says it, before anything is put on top. */
    private static MailDomainStatus said(String zoneStatus, Check... checks) {
        return new MailDomainStatus(
                3L,
                Conditions.of(List.of(), List.of(checks), 3, NOW),
                null,
                new ZoneStatus("z", zoneStatus, OURS, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "uid",
                null);
    }

    private static MailDomainStatus active() {
        return said("active", Check.yes(ConditionType.READY, Reason.Ready, "all is well"));
    }

    private static MailDomainStatus pending() {
        Check zone = Check.no(ConditionType.ZONE_READY, Reason.ZonePending, "set the name servers");
        return said("pending", zone.as(ConditionType.READY), zone, zone.holding(ConditionType.RECONCILING));
    }

    private static MailDomainStatus with(Sight sight, MailDomainStatus before, MailDomainStatus said) {
        return new OutsideView("example.com", before, sight, NOW).on(said);
    }

    private static MailDomainStatus seeing(WorldView view, MailDomainStatus said) {
        return with(new Sight.Seen(view), MailDomainStatus.ofOwnership(null), said);
    }

    private static Condition deliverable(MailDomainStatus status) {
        return Conditions.find(status.conditions(), ConditionType.MAIL_DELIVERABLE)
                .orElseThrow();
    }

    private static String message(MailDomainStatus status, ConditionType type) {
        return Conditions.find(status.conditions(), type).orElseThrow().message();
    }

    @Test
    void aPendingZoneSaysWhoStillHasTheDomainAndWhatMustGoFirst() {
        MailDomainStatus status = seeing(view(OLD, List.of(12345), List.of()), pending());

        assertThat(message(status, ConditionType.ZONE_READY))
                .startsWith(
                        "com still delegates to ns1.old.example; DS 12345 must go first. To do: set the name servers of"
                                + " example.com to amy.ns.cloudflare.com and bob.ns.cloudflare.com");
        assertThat(message(status, ConditionType.READY)).isEqualTo(message(status, ConditionType.ZONE_READY));
        assertThat(message(status, ConditionType.RECONCILING)).isEqualTo(message(status, ConditionType.ZONE_READY));
        assertThat(status.delegation())
                .isEqualTo(new DelegationStatus(DelegationState.Elsewhere, "com", OLD, List.of("12345")));
    }

    private static WorldView withoutKeys(List<String> servers) {
        return new WorldView(
                "com",
                found(servers),
                Answer.failed(Answer.Failure.NO_ANSWER),
                false,
                "",
                Answer.absent(),
                SENDERS,
                found("reject"));
    }

    @Test
    void longNamesOfOthersCutOffNothingOfWhatIsToBeDone() {
        List<String> longNames = List.of("a".repeat(253), "b".repeat(253), "c".repeat(253), "d".repeat(253));

        MailDomainStatus status = seeing(view(longNames, List.of(12345), List.of()), pending());

        assertThat(message(status, ConditionType.ZONE_READY))
                .contains(
                        "DS 12345 must go first. To do: set the name servers of example.com to amy.ns.cloudflare.com");
    }

    /** Those who follow the message would cut the domain off. */
    @Test
    void aDsRecordThatCannotBeAskedIsNotSaidToBeGone() {
        MailDomainStatus before = seeing(view(OLD, List.of(12345), List.of()), pending());

        MailDomainStatus status = with(new Sight.Seen(withoutKeys(OLD)), before, pending());

        assertThat(message(status, ConditionType.ZONE_READY)).contains("DS 12345 must go first");
        assertThat(status.delegation()).isEqualTo(before.delegation());
    }

    @Test
    void thatNothingIsKnownOfADsRecordStaysAfterARestart() {
        MailDomainStatus before = seeing(withoutKeys(OLD), pending());

        assertThat(with(new Sight.NotYet(), before, pending())).isEqualTo(before);
    }

    @Test
    void whereNothingIsKnownOfADsRecordThatIsSaid() {
        MailDomainStatus first = seeing(withoutKeys(OLD), pending());
        MailDomainStatus moved = with(
                new Sight.Seen(withoutKeys(OURS)), seeing(view(OLD, List.of(12345), List.of()), pending()), pending());

        assertThat(message(first, ConditionType.ZONE_READY))
                .startsWith(
                        "com still delegates to ns1.old.example; whether a DS record stands there is not known. To do:");
        assertThat(message(moved, ConditionType.ZONE_READY)).contains("whether a DS record stands there is not known");
    }

    @Test
    void aPendingZoneThatIsDelegatedWaitsForCloudflare() {
        MailDomainStatus status = seeing(view(OURS, List.of(), ROUTES), pending());

        assertThat(message(status, ConditionType.ZONE_READY))
                .contains("com delegates to amy.ns.cloudflare.com and bob.ns.cloudflare.com already", "hours")
                .doesNotContain("set the name servers", "DS");
        assertThat(status.delegation().state()).isEqualTo(DelegationState.Complete);
    }

    @Test
    void aDomainThatIsNotRegisteredIsSaidToBeUnknown() {
        WorldView unknown = new WorldView(
                "com",
                Answer.absent(),
                Answer.absent(),
                false,
                "",
                Answer.absent(),
                new SenderPolicyFinding.Absent(),
                Answer.absent());

        MailDomainStatus status = seeing(unknown, pending());

        assertThat(message(status, ConditionType.ZONE_READY)).startsWith("com knows no example.com. To do: ");
        assertThat(deliverable(status).reason()).isEqualTo("DelegatedElsewhere");
        assertThat(deliverable(status).message()).isEqualTo("com knows no example.com");
        assertThat(status.delegation().state()).isEqualTo(DelegationState.Absent);
    }

    @Test
    void mailIsDeliverableWhereTheWorldIsLedToEmailRouting() {
        Condition found = deliverable(seeing(view(OURS, List.of(), ROUTES), active()));

        assertThat(found.status()).isEqualTo("True");
        assertThat(found.observedGeneration()).isEqualTo(3);
        assertThat(found.message()).contains("SPF takes 1 of 10 look-ups", "the DMARC policy is reject");
    }

    @Test
    void whatIsWrongIsSaidMostFundamentalFirst() {
        Condition found = deliverable(
                seeing(view(OLD, List.of(), List.of("mx.old.example", "route1.mx.cloudflare.net")), active()));

        assertThat(found.status()).isEqualTo("False");
        assertThat(found.reason()).isEqualTo("DelegatedElsewhere");
        assertThat(found.message())
                .isEqualTo(
                        "com delegates example.com to ns1.old.example; the MX records of example.com name mx.old.example"
                                + " besides Email Routing");
    }

    @Test
    void noMailExchangerAndOneThatTakesNothingAreWrong() {
        assertThat(deliverable(seeing(view(OURS, List.of(), List.of()), active()))
                        .reason())
                .isEqualTo("MailExchangersMissing");
        assertThat(deliverable(seeing(view(OURS, List.of(), List.of(".")), active()))
                        .message())
                .contains("no mail is taken");
    }

    @Test
    void aHostThatOnlyEndsLikeEmailRoutingsIsNone() {
        assertThat(deliverable(seeing(view(OURS, List.of(), List.of("evilmx.cloudflare.net")), active()))
                        .reason())
                .isEqualTo("MailExchangersElsewhere");
    }

    @Test
    void anAliasAndBrokenSignaturesAreTold() {
        Answer<List<String>> none = Answer.failed(Answer.Failure.SERVER_FAILED);
        WorldView alias = new WorldView(
                "com", found(OURS), Answer.absent(), false, "web.example", Answer.absent(), SENDERS, Answer.absent());
        WorldView broken =
                new WorldView("com", found(OURS), found(List.of(7)), true, "", none, SENDERS, Answer.absent());

        assertThat(deliverable(seeing(alias, active())).message()).contains("leads to web.example");
        assertThat(deliverable(seeing(broken, active())).reason()).isEqualTo("SignaturesBroken");
    }

    @Test
    void whatDnsDoesNotSayIsUnknown() {
        WorldView dark = new WorldView(
                "com",
                Answer.failed(Answer.Failure.NO_ANSWER),
                Answer.failed(Answer.Failure.NO_ANSWER),
                false,
                "",
                Answer.failed(Answer.Failure.SERVER_FAILED),
                SENDERS,
                Answer.absent());

        MailDomainStatus status = seeing(dark, active());

        assertThat(deliverable(status).status()).isEqualTo("Unknown");
        assertThat(deliverable(status).message()).contains("SERVFAIL");
        assertThat(status.delegation()).isNull();
    }

    @Test
    void ofAResolverOfTheInsideNothingIsSaidToBeWrong() {
        WorldView inside = new WorldView(
                "",
                Answer.failed(Answer.Failure.NO_INTERNET),
                Answer.failed(Answer.Failure.NO_INTERNET),
                false,
                "",
                Answer.failed(Answer.Failure.NO_INTERNET),
                new SenderPolicyFinding.Unclear("example.com", Answer.Failure.NO_INTERNET),
                Answer.failed(Answer.Failure.NO_INTERNET));

        MailDomainStatus status = seeing(inside, pending());

        assertThat(deliverable(status).status()).isEqualTo("Unknown");
        assertThat(deliverable(status).message()).contains("the resolver does not see the Internet");
        assertThat(message(status, ConditionType.ZONE_READY)).startsWith("set the name servers of example.com");
    }

    @Test
    void afterARestartAStatusStaysAsItWasUntilItIsLookedAt() {
        MailDomainStatus before = seeing(view(OLD, List.of(12345), List.of()), pending());

        assertThat(with(new Sight.NotYet(), before, pending())).isEqualTo(before);
    }

    /** As where a resource waits for its turn: another order would be written. */
    @Test
    void whatOnlyStandsThereForAWhileIsLast() {
        assertThat(seeing(view(OURS, List.of(), ROUTES), pending()).conditions())
                .extracting(Condition::type)
                .containsExactly("Ready", "ZoneReady", "MailDeliverable", "Reconciling");
    }

    @Test
    void whereItIsSwitchedOffNothingIsSaid() {
        MailDomainStatus before = seeing(view(OURS, List.of(), ROUTES), active());

        assertThat(with(new Sight.Off(), before, active())).isEqualTo(active());
    }

    @Test
    void whileSuspendedTheDelegationStaysAndTheConditionSaysWhy() {
        MailDomainStatus before = seeing(view(OURS, List.of(), ROUTES), active());
        MailDomainStatus suspended =
                said("active", Check.unknown(ConditionType.READY, Reason.Suspended, "spec.suspend is true"));

        MailDomainStatus status = with(new Sight.NotYet(), before, suspended);

        assertThat(OutsideView.isWanted(suspended)).isFalse();
        assertThat(status.delegation()).isEqualTo(before.delegation());
        assertThat(deliverable(status).reason()).isEqualTo("Suspended");
    }

    @Provide
    Arbitrary<WorldView> views() {
        Arbitrary<List<String>> hosts = Arbitraries.of(
                        "ns1.old.example", "amy.ns.cloudflare.com", "bob.ns.cloudflare.com", "?".repeat(253))
                .set()
                .ofMaxSize(4)
                .map(set -> set.stream().sorted().toList());
        Arbitrary<Answer<List<String>>> servers = answers(hosts);
        Arbitrary<Answer<List<String>>> exchangers =
                answers(Arbitraries.of(ROUTES, List.of("."), OLD, List.of("x".repeat(253))));
        Arbitrary<Answer<List<Integer>>> tags =
                answers(Arbitraries.integers().between(0, 65535).list().ofMaxSize(8));
        Arbitrary<SenderPolicyFinding> senders = Arbitraries.of(
                SENDERS,
                new SenderPolicyFinding.Absent(),
                new SenderPolicyFinding.Broken("s".repeat(253), SenderPolicyFinding.Flaw.LOOP),
                new SenderPolicyFinding.Unclear("x.example", Answer.Failure.NO_ANSWER));
        return Combinators.combine(
                        servers,
                        tags,
                        exchangers,
                        senders,
                        Arbitraries.of(true, false),
                        Arbitraries.of("", "web.example"))
                .as((ns, ds, mx, spf, broken, alias) ->
                        new WorldView("com", ns, ds, broken, alias, mx, spf, found("none")));
    }

    private static <T> Arbitrary<Answer<T>> answers(Arbitrary<T> values) {
        return Arbitraries.oneOf(
                values.map(Answer.Found::new),
                Arbitraries.create(Answer::absent),
                Arbitraries.of(Answer.Failure.values()).map(Answer::failed));
    }

    /** The same seen again is the same said: no status is written twice. */
    @Property(tries = 300)
    void sayingItAgainChangesNothing(@ForAll("views") WorldView view, @ForAll boolean waits) {
        MailDomainStatus first = seeing(view, waits ? pending() : active());

        MailDomainStatus again =
                new OutsideView("example.com", first, new Sight.Seen(view), NOW.plusSeconds(600)).on(first);

        assertThat(again).isEqualTo(first);
    }

    /** Ready is what it was, whatever the world sees. */
    @Property(tries = 300)
    void nothingElseChanges(@ForAll("views") WorldView view) {
        MailDomainStatus status = seeing(view, active());

        assertThat(status.withDelegation(null, status.conditions().subList(0, 1)))
                .isEqualTo(active());
    }
}
