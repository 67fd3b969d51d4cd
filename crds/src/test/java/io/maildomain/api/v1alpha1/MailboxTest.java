package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes, and who may attach them, as fabric8's client reads and writes them; and when they expire. */
class MailboxTest {
    private static final Instant CREATED = Instant.parse("2026-11-30T10:00:00Z");
    private static final Pattern MATCHES = Pattern.compile("self\\.matches\\('(.*?)'\\)");

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void aMailboxThatSaysOnlyWhatItMustIsEnabledAndStaysForEver() {
        MailboxSpec spec = mailbox("""
                domainRef: {name: example-com}
                  address: pr-123@in.example.com
                  action: {worker: mailbox-worker}
                """).getSpec();

        assertThat(spec)
                .isEqualTo(MailboxSpec.of(
                        new MailboxDomainRef("example-com", null),
                        "pr-123@in.example.com",
                        Action.handingTo("mailbox-worker")));
        assertThat(spec.enabled()).isTrue();
        assertThat(spec.afterExpiry()).isEqualTo(AfterExpiry.Keep);
        assertThat(spec.expiry(CREATED)).isEmpty();
        assertThat(spec.domainRef().wantedNamespace()).isEmpty();
        assertThat(spec.host()).isEqualTo("in.example.com");
    }

    @Test
    void aWholeMailboxSurvivesTheRoundTrip() {
        Mailbox before = mailbox("""
                domainRef: {name: example-com, namespace: mail}
                  address: pr-123@in.example.com
                  action: {forwardTo: team@corp.example}
                  enabled: false
                  expiresAt: "2026-12-24T19:00:00+01:00"
                  afterExpiry: Delete
                """);

        Mailbox after = serialization.unmarshal(serialization.asYaml(before), Mailbox.class);

        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getSpec())
                .isEqualTo(new MailboxSpec(
                        new MailboxDomainRef("example-com", "mail"),
                        "pr-123@in.example.com",
                        Action.forwarding("team@corp.example"),
                        false,
                        null,
                        "2026-12-24T19:00:00+01:00",
                        AfterExpiry.Delete));
    }

    @ParameterizedTest
    @CsvSource({"72h, PT72H", "1h30m, PT1H30M", "90s, PT90S", "999999h999999m999999s, PT999999H999999M999999S"})
    void aTimeToLiveCountsFromTheCreation(String ttl, Duration lives) {
        assertThat(living(ttl, null).expiry(CREATED)).contains(CREATED.plus(lives));
    }

    /** Only a server without our CRD's rules lets it in. */
    @ParameterizedTest
    @ValueSource(strings = {"3d", "for ever", "", "99999999999999999999h"})
    void whatIsNoTimeToLiveIsOverAtOnce(String ttl) {
        assertThat(living(ttl, null).expiry(CREATED)).contains(CREATED);
    }

    @Test
    void aTimeOfExpiryCountsAsItIs() {
        assertThat(living(null, CREATED.minusSeconds(1).toString()).expiry(CREATED))
                .contains(CREATED.minusSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "72h, true",
        "1h30m, true",
        "90s, true",
        "0h30m, true",
        "3d, false",
        "72, false",
        "h, false",
        "0h0m, false",
        "-1h, false",
        "+1h, false",
        "1.5h, false",
        "1m1h, false",
        "1h 30m, false",
        "72H, false",
        "1234567h, false"
    })
    void aTimeToLiveIsMoreThanNothingInHoursMinutesAndSeconds(String ttl, boolean accepted) {
        assertThat(MATCHES.matcher(Cel.IS_TIME_TO_LIVE).results().allMatch(rule -> Pattern.compile(rule.group(1))
                        .matcher(ttl)
                        .find()))
                .isEqualTo(accepted);
    }

    /** What the API server would take for a time, and Java would not, must not live for ever. */
    @ParameterizedTest
    @CsvSource({
        "2026-12-24T18:00:00Z, true",
        "2026-12-24T19:00:00.123456789+01:00, true",
        "2026-12-24T18:00:00+18:00, true",
        "2026-12-24T18:00:00-18:00, true",
        "2026-12-24T18:00:00+18:01, false",
        "2026-12-24T18:00:00+19:00, false",
        "2026-12-24T18:00:00+99:99, false",
        "2026-12-24T18:00:00.1234567891Z, false",
        "2026-12-24T18:00:00, false",
        "2026-12-24T24:00:00Z, false",
        "2026-12-24T18:00:60Z, false",
        "2026-12-24 18:00:00Z, false",
        "2026-13-24T18:00:00Z, false",
        "2026-12-24, false",
        "next week, false"
    })
    void aTimeIsOneThatIsReadTheSameEverywhere(String time, boolean accepted) {
        assertThat(MATCHES.matcher(Cel.IS_TIME).results().allMatch(rule -> Pattern.compile(rule.group(1))
                        .matcher(time)
                        .find()))
                .isEqualTo(accepted);
        assertThat(living(null, time).expiry(CREATED)).isPresent();
        assertThat(living(null, time).expiry(CREATED).equals(Optional.of(CREATED)))
                .isEqualTo(!accepted);
    }

    @Test
    void aDayThatIsNoneIsOverAtOnce() {
        assertThat(living(null, "2026-02-30T18:00:00Z").expiry(CREATED)).contains(CREATED);
    }

    @Test
    void whatAGrantLeavesOutGrantsNothing() {
        MailboxGrant empty = new MailboxGrant(null, null, null, null, null);

        assertThat(empty.namespaces().matches(Map.of("kubernetes.io/metadata.name", "mail")))
                .isFalse();
        assertThat(empty.addresses()).isEmpty();
        assertThat(empty.workers()).isEmpty();
        assertThat(empty.forwardTo()).isEmpty();
        assertThat(empty.wantedMax()).isEmpty();
    }

    @Test
    void aMailDomainSaysWhoMayAttachMailboxes() {
        MailDomain domain = serialization.unmarshal("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: example-com}
                spec:
                  domain: example.com
                  mailboxes:
                  - {namespaces: {matchLabels: {team: a}}, addresses: ["*@in.example.com"], workers: [mailbox-*], max: 50}
                """, MailDomain.class);

        assertThat(domain.getSpec().mailboxes())
                .containsExactly(new MailboxGrant(
                        new NamespaceSelector(Map.of("team", "a"), null),
                        List.of("*@in.example.com"),
                        List.of("mailbox-*"),
                        null,
                        50));
        assertThat(serialization
                        .unmarshal(serialization.asYaml(domain), MailDomain.class)
                        .getSpec())
                .isEqualTo(domain.getSpec());
    }

    /** An API server whose CRD does not know the field would complain of it. */
    @Test
    void aMailDomainThatLetsNoneAttachDoesNotSaySo() {
        MailDomain domain = new MailDomain();
        domain.setSpec(MailDomainSpec.of("example.com"));

        assertThat(serialization.asYaml(domain)).doesNotContain("mailboxes");
    }

    @Test
    void aStatusKeepsWhatItIsNotToldToChange() {
        Condition ready = new Condition("Ready", "True", 2L, CREATED, "Ready", "fine");
        MailboxStatus status =
                new MailboxStatus(1L, null, MailboxState.Active, CREATED, "2026-11-30 10:00 UTC", "uid", "asked");

        assertThat(status.withConditions(2L, List.of(ready)).withLastHandledReconcileAt(null))
                .isEqualTo(new MailboxStatus(
                        2L, List.of(ready), MailboxState.Active, CREATED, "2026-11-30 10:00 UTC", "uid", null));
        assertThat(status.saidState()).contains(MailboxState.Active);
    }

    private static MailboxSpec living(String ttl, String expiresAt) {
        return new MailboxSpec(
                new MailboxDomainRef("example-com", null),
                "a@example.com",
                Action.dropping(),
                null,
                ttl,
                expiresAt,
                null);
    }

    private Mailbox mailbox(String spec) {
        return serialization.unmarshal(
                "apiVersion: maildomain.io/v1alpha1\nkind: Mailbox\nmetadata: {name: pr-123}\nspec:\n  " + spec.strip()
                        + "\n",
                Mailbox.class);
    }
}
