package io.maildomain.operator.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.harness.KubeApi;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only the real API server can tell: server-side apply, field managers, resource versions. */
class ResourceStoreIT {

    private static final String ZONE = "0123456789abcdef0123456789abcdef";
    private static final CatchAllContent BEFORE = new CatchAllContent("by hand", true, "drop", null);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final KubernetesClient client = KubeApi.shared().client();
    private final ResourceStore<CatchAllRule, CatchAllRuleStatus> store =
            new ResourceStore<>(client, CatchAllRule::new);
    private final ResourceStore<MailDomain, MailDomainStatus> domains = new ResourceStore<>(client, MailDomain::new);
    private String namespace;
    private CatchAllRule rule;

    @BeforeEach
    void create() {
        namespace = KubeApi.shared().createNamespace("ledger");
        rule = created();
    }

    @Test
    void aLedgerIsWrittenUnderTheVersionThatWasReadAndAnswersWithTheNext() {
        CatchAllRule first = store.writeLedger(rule, ledger(new CatchAllOwnership(ZONE, BEFORE, null, null)));
        CatchAllRule second = store.writeLedger(first, ledger(new CatchAllOwnership(ZONE, BEFORE, BEFORE, BEFORE)));

        assertThat(second.getStatus().ownership()).isEqualTo(new CatchAllOwnership(ZONE, BEFORE, BEFORE, BEFORE));
        assertThat(live().getStatus().ownership()).isEqualTo(second.getStatus().ownership());
    }

    @Test
    void aLedgerIsNotWrittenOverWhatSomebodyChangedMeanwhile() {
        edit(fresh -> fresh.getMetadata().setLabels(Map.of("edited", "true")));

        assertThatThrownBy(() -> store.writeLedger(rule, ledger(new CatchAllOwnership(ZONE, null, null, null))))
                .isInstanceOf(LedgerConflict.class);
        assertThat(live().getStatus().ownership()).isNull();
    }

    @Test
    void ledgerAndStatusDoNotTakeEachOthersFields() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, BEFORE, null, null);
        CatchAllRule after = store.writeLedger(rule, ledger(noted));
        store.writeStatus(after, status(2L, ConditionType.READY));
        store.writeStatus(after, status(3L, ConditionType.READY));
        assertThat(live().getStatus().ownership()).isEqualTo(noted);
        assertThat(live().getStatus().observedGeneration()).isEqualTo(3L);

        CatchAllRule cleared = store.writeLedger(live(), new CatchAllRuleStatus(null, null, null));

        assertThat(cleared.getStatus().ownership()).isNull();
        assertThat(cleared.getStatus().observedGeneration()).isEqualTo(3L);
        assertThat(cleared.getStatus().conditions()).hasSize(1);
    }

    @Test
    void whatSomebodyElseWroteIntoTheLedgerDoesNotOutliveOurNextWord() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, BEFORE, BEFORE, BEFORE);
        store.writeLedger(rule, ledger(noted));
        forge("{\"previous\": {\"name\": \"forged\", \"actionType\": \"drop\"}}");

        CatchAllRule written = store.writeLedger(live(), ledger(new CatchAllOwnership(ZONE, null, BEFORE, null)));
        assertThat(written.getStatus().ownership()).isEqualTo(new CatchAllOwnership(ZONE, null, BEFORE, null));

        forge("{\"previous\": {\"name\": \"forged\", \"actionType\": \"drop\"}}");
        CatchAllRule cleared = store.writeLedger(live(), new CatchAllRuleStatus(null, null, null));
        assertThat(cleared.getStatus().ownership()).isNull();

        CatchAllRule again = store.writeLedger(live(), ledger(noted));
        assertThat(again.getStatus().ownership()).isEqualTo(noted);
    }

    private void forge(String ownership) {
        client.resource(live())
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"ownership\": " + ownership + "}}");
    }

    @Test
    void eachManagerOwnsItsOwnPart() {
        CatchAllRule after = store.writeLedger(rule, ledger(new CatchAllOwnership(ZONE, BEFORE, null, null)));
        store.writeStatus(after, status(2L, ConditionType.READY));

        assertThat(fieldsOf(ResourceStore.LEDGER_MANAGER))
                .contains("f:ownership")
                .doesNotContain("f:conditions");
        assertThat(fieldsOf(ResourceStore.STATUS_MANAGER))
                .contains("f:conditions")
                .doesNotContain("f:ownership");
        assertThat(fieldsOf(ResourceStore.STATUS_MANAGER)).doesNotContain("f:spec");
    }

    @Test
    void conditionsThatAreGoneFromTheStatusAreGoneFromTheServer() {
        store.writeStatus(rule, status(1L, ConditionType.READY, ConditionType.RECONCILING));
        store.writeStatus(rule, status(1L, ConditionType.READY));

        assertThat(live().getStatus().conditions()).extracting(Condition::type).containsExactly("Ready");
    }

    @Test
    void fieldsAndListEntriesThatAreGoneFromTheLedgerAreGoneFromTheServer() {
        MailDomain domain = client.resource(domain()).create();
        MailDomain two = domains.writeLedger(
                domain, ledger(Ownership.nothing().withSubdomains(List.of("a.example.com", "b.example.com"))));
        MailDomain one = domains.writeLedger(two, ledger(Ownership.nothing().withSubdomains(List.of("b.example.com"))));
        assertThat(one.getStatus().ownership().subdomains()).containsExactly("b.example.com");

        // Not Ownership.nothing(): an empty object in place of one with fields is refused.
        MailDomain none = domains.writeLedger(one, ledger((Ownership) null));
        assertThat(none.getStatus().ledger()).isEmpty();
    }

    @Test
    void aLedgerCanBeClearedBeforeAnyStatusWasWritten() {
        CatchAllRule noted = store.writeLedger(rule, ledger(new CatchAllOwnership(ZONE, BEFORE, null, null)));

        CatchAllRule cleared = store.writeLedger(noted, new CatchAllRuleStatus(null, null, null));

        assertThat(cleared.getStatus().ledger()).isEmpty();
        assertThat(store.writeLedger(cleared, ledger(new CatchAllOwnership(ZONE, BEFORE, null, null)))
                        .getStatus()
                        .ownership())
                .isNotNull();
    }

    @Test
    void aStatusIsWrittenAlthoughTheResourceWasChangedSinceItWasRead() {
        edit(fresh -> fresh.getMetadata().setLabels(Map.of("edited", "true")));

        store.writeStatus(rule, status(1L, ConditionType.READY));

        assertThat(live().getStatus().conditions()).hasSize(1);
        assertThat(live().getMetadata().getLabels()).containsEntry("edited", "true");
    }

    @Test
    void aResourceThatIsGoneIsNotFoundAndNotWritten() {
        delete();

        assertThat(store.live(rule)).isEmpty();
        assertThatThrownBy(() -> store.writeLedger(rule, ledger(new CatchAllOwnership(ZONE, null, null, null))))
                .isInstanceOf(LedgerConflict.class);
        store.writeStatus(rule, status(1L, ConditionType.READY));
        assertThat(client.resource(rule).get()).isNull();
    }

    @Test
    void anotherResourceOfTheSameNameIsNotTakenForIt() {
        delete();
        CatchAllRule next = created();

        assertThat(store.live(rule)).isEmpty();
        assertThatThrownBy(() -> store.writeLedger(rule, ledger(new CatchAllOwnership(ZONE, null, null, null))))
                .isInstanceOf(LedgerConflict.class);
        store.writeStatus(rule, status(7L, ConditionType.READY));

        CatchAllRule live = store.live(next).orElseThrow();
        assertThat(live.getStatus().conditions()).isEmpty();
        assertThat(live.getStatus().ownership()).isNull();
    }

    @Test
    void aLateFinalizerDoesNotBringADeletedResourceBack() {
        delete();
        CatchAllRule ghost = new CatchAllRule();
        ghost.setMetadata(new ObjectMetaBuilder()
                .withName(rule.getMetadata().getName())
                .withNamespace(namespace)
                .withFinalizers("maildomain.io/finalizer")
                .build());

        assertThatThrownBy(() -> client.resource(ghost)
                        .patch(new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("maildomain")
                                .withForce(true)
                                .build()))
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo(422));
        assertThat(client.resource(rule).get()).isNull();
    }

    private CatchAllRule created() {
        CatchAllRule fresh = new CatchAllRule();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName("example-com")
                .withNamespace(namespace)
                .build());
        fresh.setSpec(CatchAllRuleSpec.of("example-com", Action.dropping()));
        return client.resource(fresh).create();
    }

    private MailDomain domain() {
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder()
                .withName("example-com")
                .withNamespace(namespace)
                .build());
        domain.setSpec(MailDomainSpec.of("example.com"));
        return domain;
    }

    private void edit(Consumer<CatchAllRule> change) {
        client.resource(rule).edit(fresh -> {
            change.accept(fresh);
            return fresh;
        });
    }

    private void delete() {
        client.resource(rule).delete();
        assertThat(client.resource(rule).get()).isNull();
    }

    private CatchAllRule live() {
        return store.live(rule).orElseThrow();
    }

    private String fieldsOf(String manager) {
        List<ManagedFieldsEntry> entries = live().getMetadata().getManagedFields();
        return entries.stream()
                .filter(entry -> manager.equals(entry.getManager()))
                .map(entry -> entry.getFieldsV1().getAdditionalProperties().toString())
                .findFirst()
                .orElseThrow();
    }

    private static CatchAllRuleStatus ledger(CatchAllOwnership ownership) {
        return new CatchAllRuleStatus(null, null, ownership);
    }

    private static MailDomainStatus ledger(Ownership ownership) {
        return MailDomainStatus.ofLedger(ownership);
    }

    private static CatchAllRuleStatus status(long generation, ConditionType... types) {
        List<Check> checks = Arrays.stream(types)
                .map(type -> Check.yes(type, "Test", "a test"))
                .toList();
        return new CatchAllRuleStatus(generation, Conditions.of(List.of(), checks, generation, NOW), null);
    }
}
