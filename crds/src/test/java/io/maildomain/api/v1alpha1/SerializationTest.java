package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The types as fabric8's client reads and writes them. */
class SerializationTest {
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void aManifestThatNamesOnlyItsDomainHasEveryDefault() {
        MailDomainSpec spec = mailDomain("spec: {domain: example.com}").getSpec();

        assertThat(spec).isEqualTo(MailDomainSpec.of("example.com"));
        assertThat(spec.credentials().wantedAccount()).contains(new AccountRef("default"));
        assertThat(spec.zone()).isEqualTo(new ZoneSpec(ZonePolicy.CreateOrAdopt, ZoneDeletionPolicy.DeleteIfUnused));
        assertThat(spec.dns().existingRecords()).isEqualTo(ExistingRecords.Refuse);
        assertThat(spec.conflictPolicy()).isEqualTo(ConflictPolicy.Refuse);
        assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.Delete);
        assertThat(spec.drift()).isEqualTo(DriftPolicy.Correct);
        assertThat(spec.mode()).isEqualTo(Mode.Manage);
        assertThat(spec.suspend()).isFalse();
        assertThat(spec.rules()).isEmpty();
        assertThat(spec.wantedSubaddressing()).isEmpty();
    }

    @Test
    void aSpecSurvivesTheRoundTrip() {
        MailDomain before = mailDomain("""
                spec:
                  domain: example.com
                  credentials: {secretRef: {name: my-tokens}}
                  zone: {policy: AdoptOnly, deletionPolicy: Retain}
                  dns: {existingRecords: Replace}
                  subdomains: [in, notify]
                  subaddressing: false
                  rules:
                  - {address: support@example.com, action: {forwardTo: team@corp.example}}
                  - {address: bot@in.example.com, action: {worker: mailbox-worker}, enabled: false, priority: 0}
                  - {address: spam@example.com, action: {drop: true}}
                  conflictPolicy: Adopt
                  deletionPolicy: Retain
                  drift: Report
                  mode: Observe
                  suspend: true
                """);

        MailDomainSpec spec = before.getSpec();
        assertThat(spec.rules())
                .containsExactly(
                        MailRule.of("support@example.com", Action.forwarding("team@corp.example")),
                        new MailRule("bot@in.example.com", Action.handingTo("mailbox-worker"), false, 0),
                        MailRule.of("spam@example.com", Action.dropping()));
        assertThat(spec.credentials().wantedAccount()).isEmpty();
        assertThat(spec.credentials().wantedSecret()).contains(new LocalSecretRef("my-tokens"));
        assertThat(serialization
                        .unmarshal(serialization.asYaml(before), MailDomain.class)
                        .getSpec())
                .isEqualTo(spec);
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() {
        assertThat(mailDomain("spec: {domain: example.com, later: {than: this}, zone: {colour: blue}}")
                        .getSpec())
                .isEqualTo(MailDomainSpec.of("example.com"));
    }

    @Test
    void timesKeepTheirFractionOfASecond() {
        Instant time = Instant.parse("2026-11-24T02:03:04.123456Z");
        MailDomain domain = withStatus(MailDomainStatus.ofOwnership(
                        Ownership.nothing().withZone(new ZoneOwnership(null, "a", ZoneOrigin.Creating, time)))
                .withConditions(
                        1L,
                        List.of(new Condition(
                                "Ready", "True", 1L, Instant.parse("2026-11-24T02:03:04Z"), "Ready", ""))));

        String json = serialization.asJson(domain);

        assertThat(json).contains("\"requestedAt\":\"2026-11-24T02:03:04.123456Z\"");
        assertThat(json).contains("\"lastTransitionTime\":\"2026-11-24T02:03:04Z\"");
        assertThat(serialization.unmarshal(json, MailDomain.class).getStatus()).isEqualTo(domain.getStatus());
        assertThat(serialization
                        .unmarshal(serialization.asYaml(domain), MailDomain.class)
                        .getStatus())
                .isEqualTo(domain.getStatus());
    }

    @Test
    void aStatusPatchContainsOnlyWhatWasSet() {
        MailDomainStatus status = new MailDomainStatus(
                2L,
                null,
                null,
                new ZoneStatus("z", "pending", null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Ownership.nothing(),
                null,
                null);

        assertThat(serialization.asJson(withStatus(status)))
                .contains(
                        "\"status\":{\"observedGeneration\":2,\"zone\":{\"id\":\"z\",\"status\":\"pending\"},\"ownership\":{}}")
                .doesNotContain("spec");
        assertThat(serialization.asJson(new CatchAllRuleStatus(1L, null, null)))
                .isEqualTo("{\"observedGeneration\":1}");
        assertThat(serialization.asJson(new CloudflareAccountStatus(1L, null, null, null, null)))
                .isEqualTo("{\"observedGeneration\":1}");
    }

    @Test
    void anEmptySelectorMeansEveryNamespaceAndAnAbsentOneNone() {
        CloudflareAccount account = serialization.unmarshal("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: default}
                spec:
                  secretRef: {namespace: mail-system, name: cloudflare-tokens}
                  access:
                  - {namespaces: {}, domains: ["*"]}
                  - {domains: [example.com]}
                """, CloudflareAccount.class);

        List<AccessGrant> access = account.getSpec().access();
        assertThat(access.get(0).namespaces().matches(Map.of())).isTrue();
        assertThat(access.get(1).namespaces().matches(Map.of("a", "b"))).isFalse();
        assertThat(access.get(0).createZones()).isFalse();
        assertThat(access.get(0).forwardTo()).isEmpty();
        assertThat(account.getSpec().deploySecret()).isEqualTo(new SecretRef("mail-system", "cloudflare-tokens"));
        assertThat(serialization.asJson(account.getSpec())).contains("\"namespaces\":{}");
    }

    private MailDomain mailDomain(String spec) {
        return serialization.unmarshal(
                "apiVersion: maildomain.io/v1alpha1\nkind: MailDomain\nmetadata: {name: example-com}\n" + spec,
                MailDomain.class);
    }

    private static MailDomain withStatus(MailDomainStatus status) {
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder().withName("example-com").build());
        domain.setStatus(status);
        return domain;
    }
}
