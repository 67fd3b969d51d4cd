package io.maildomain.operator.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
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
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.harness.KubeApi;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only the real API server can tell: patches that test, field managers, races. */
class ResourceWriterIT {

    private static final String ZONE = "0123456789abcdef0123456789abcdef";
    private static final CatchAllContent BEFORE = new CatchAllContent("by hand & <more>", true, "drop", null);
    /** More than one, so that the resource changes between any reading and the write after it. */
    private static final int TOOLS = 3;

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final KubernetesClient client = KubeApi.shared().client();
    private final ResourceWriter<CatchAllRule, CatchAllRuleStatus> store =
            new ResourceWriter<>(client, CatchAllRule.class);
    private final ResourceWriter<MailDomain, MailDomainStatus> domains = new ResourceWriter<>(client, MailDomain.class);
    private String namespace;
    private CatchAllRule rule;

    @BeforeEach
    void create() {
        namespace = KubeApi.shared().createNamespace("ownership");
        rule = created();
    }

    @Test
    void anOwnershipRecordIsWrittenAndAnsweredWithTheResourceAsItIsNow() {
        CatchAllRule first = store.writeOwnership(rule, ownership(new CatchAllOwnership(ZONE, BEFORE, null, null)));
        CatchAllRule second =
                store.writeOwnership(first, ownership(new CatchAllOwnership(ZONE, BEFORE, BEFORE, BEFORE)));

        assertThat(second.getStatus().ownership()).isEqualTo(new CatchAllOwnership(ZONE, BEFORE, BEFORE, BEFORE));
        assertThat(live().getStatus().ownership()).isEqualTo(second.getStatus().ownership());
    }

    @Test
    void anotherSpecAnotherRecordOurAnnotationsAndDeletionStopAnOwnershipRecord() {
        CatchAllRule read = store.writeOwnership(rule, ownership(new CatchAllOwnership(ZONE, BEFORE, null, null)));
        isRefused(
                read, fresh -> fresh.setSpec(CatchAllRuleSpec.of("example-com", Action.forwarding("a@corp.example"))));
        isRefused(live(), fresh -> fresh.getMetadata().setAnnotations(Map.of("maildomain.io/abandon", "true")));

        CatchAllRule before = live();
        store.writeOwnership(before, ownership(new CatchAllOwnership(ZONE, BEFORE, BEFORE, null)));
        isRefused(before, fresh -> {});

        edit(fresh -> fresh.getMetadata().setFinalizers(List.of(ResourceWriter.FINALIZER)));
        CatchAllRule kept = live();
        client.resource(rule).delete();
        isRefused(kept, fresh -> {});
        store.release(kept);
        assertThat(client.resource(rule).get()).isNull();
    }

    private void isRefused(CatchAllRule read, Consumer<CatchAllRule> change) {
        edit(change);
        CatchAllOwnership stands = live().getStatus().ownership();
        assertThatThrownBy(() -> store.writeOwnership(read, ownership(new CatchAllOwnership(ZONE, null, null, BEFORE))))
                .isInstanceOf(OwnershipConflict.class);
        assertThat(live().getStatus().ownership()).isEqualTo(stands);
    }

    /** Between our last look and our write: there only the API server can tell. */
    @Test
    void whatChangesJustBeforeTheWriteStopsIt() {
        isStoppedBy(() ->
                edit(fresh -> fresh.setSpec(CatchAllRuleSpec.of("example-com", Action.forwarding("a@corp.example")))));
        isStoppedBy(() -> store.writeOwnership(live(), ownership(new CatchAllOwnership(ZONE, BEFORE, BEFORE, null))));
        isStoppedBy(() -> {
            client.resource(rule).delete();
            rule = created();
        });
        edit(fresh -> fresh.getMetadata().setFinalizers(List.of(ResourceWriter.FINALIZER)));
        isStoppedBy(() -> client.resource(rule).delete());
        store.release(live());
    }

    /** The record is there then; the reconcile ends before the call that it speaks of. */
    @Test
    void anAnnotationOfOursJustBeforeTheWriteEndsTheReconcile() {
        CatchAllRule read = live();
        ResourceWriter<CatchAllRule, CatchAllRuleStatus> late = writerThatIsOutrunBy(
                () -> edit(fresh -> fresh.getMetadata().setAnnotations(Map.of("maildomain.io/abandon", "true"))));

        assertThatThrownBy(() -> late.writeOwnership(read, ownership(new CatchAllOwnership(ZONE, null, null, null))))
                .isInstanceOf(OwnershipConflict.class);
    }

    private void isStoppedBy(Runnable change) {
        CatchAllRule read = live();
        CatchAllOwnership late = new CatchAllOwnership(ZONE, null, null, BEFORE);
        assertThatThrownBy(() -> writerThatIsOutrunBy(change).writeOwnership(read, ownership(late)))
                .isInstanceOf(OwnershipConflict.class);
        assertThat(live().getStatus().ownership()).isNotEqualTo(late);
    }

    private ResourceWriter<CatchAllRule, CatchAllRuleStatus> writerThatIsOutrunBy(Runnable change) {
        AtomicBoolean outrun = new AtomicBoolean();
        KubernetesClient slow = new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("outrun", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (request.method().equals("PATCH") && !outrun.getAndSet(true)) {
                            change.run();
                        }
                    }
                }))
                .build();
        return new ResourceWriter<>(slow, CatchAllRule.class);
    }

    @Test
    void aToolThatNeverStopsChangingALabelStopsNothing() throws InterruptedException {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        ExecutorService tools = Executors.newFixedThreadPool(TOOLS);
        CatchAllRule read = rule;
        try {
            for (int tool = 0; tool < TOOLS; tool++) {
                String label = "tool-" + tool;
                tools.execute(() -> {
                    for (int i = 0; goesOn.get(); i++) {
                        label(label, i);
                    }
                });
            }
            for (int i = 0; i < 20; i++) {
                CatchAllOwnership noted = new CatchAllOwnership(ZONE, BEFORE, i % 2 == 0 ? BEFORE : null, null);
                read = store.writeOwnership(read, ownership(noted));
                store.writeStatus(read, status(i, ConditionType.READY));
                assertThat(live().getStatus().ownership()).isEqualTo(noted);
                assertThat(live().getStatus().observedGeneration()).isEqualTo(i);
            }
        } finally {
            goesOn.set(false);
            tools.shutdown();
            assertThat(tools.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void label(String label, int value) {
        client.resource(rule)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"" + label + "\": \"" + value + "\"}}}");
    }

    @Test
    void aStatusThatTheSchemaRefusesIsSaidToBeRefused() {
        CatchAllRuleStatus refused =
                new CatchAllRuleStatus(1L, List.of(new Condition("no type", "True", 1L, NOW, "Ready", "")), null);

        assertThatThrownBy(() -> store.writeStatus(rule, refused)).isInstanceOf(StatusRefused.class);
    }

    @Test
    void ownershipRecordAndStatusDoNotTakeEachOthersFields() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, BEFORE, null, null);
        CatchAllRule after = store.writeOwnership(rule, ownership(noted));
        store.writeStatus(after, status(2L, ConditionType.READY));
        store.writeStatus(after, status(3L, ConditionType.READY));
        assertThat(live().getStatus().ownership()).isEqualTo(noted);
        assertThat(live().getStatus().observedGeneration()).isEqualTo(3L);

        CatchAllRule cleared = store.writeOwnership(live(), new CatchAllRuleStatus(null, null, null));

        assertThat(cleared.getStatus().ownership()).isNull();
        assertThat(cleared.getStatus().observedGeneration()).isEqualTo(3L);
        assertThat(cleared.getStatus().conditions()).hasSize(1);
    }

    @Test
    void whatSomebodyElseWroteIntoTheOwnershipRecordDoesNotOutliveOurNextWord() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, BEFORE, BEFORE, BEFORE);
        store.writeOwnership(rule, ownership(noted));
        forge("{\"previous\": {\"name\": \"forged\", \"actionType\": \"drop\"}}");

        CatchAllRule written = store.writeOwnership(live(), ownership(new CatchAllOwnership(ZONE, null, BEFORE, null)));
        assertThat(written.getStatus().ownership()).isEqualTo(new CatchAllOwnership(ZONE, null, BEFORE, null));

        forge("{\"previous\": {\"name\": \"forged\", \"actionType\": \"drop\"}}");
        CatchAllRule cleared = store.writeOwnership(live(), new CatchAllRuleStatus(null, null, null));
        assertThat(cleared.getStatus().ownership()).isNull();

        CatchAllRule again = store.writeOwnership(live(), ownership(noted));
        assertThat(again.getStatus().ownership()).isEqualTo(noted);
    }

    /** The API server compares texts as they are encoded, and it encodes some characters as no other encoder does. */
    @Test
    void anOwnershipRecordWithAnyCharacterInItIsReplaced() {
        canReplace("Sales & <Support> \u2028\u2029\u007f\t\"\\/\b\f\u0001 ü \ud83d\ude00");
        canReplace("letters in the code of a control character: \u001b");
    }

    private void canReplace(String name) {
        rule = live();
        CatchAllContent odd = new CatchAllContent(name, true, "drop", null);
        CatchAllRule noted = store.writeOwnership(rule, ownership(new CatchAllOwnership(ZONE, odd, null, null)));

        CatchAllRule next = store.writeOwnership(noted, ownership(new CatchAllOwnership(ZONE, odd, BEFORE, null)));
        assertThat(next.getStatus().ownership()).isEqualTo(new CatchAllOwnership(ZONE, odd, BEFORE, null));
    }

    private void forge(String ownership) {
        client.resource(live())
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"ownership\": " + ownership + "}}");
    }

    @Test
    void eachManagerOwnsItsOwnPart() {
        CatchAllRule after = store.writeOwnership(rule, ownership(new CatchAllOwnership(ZONE, BEFORE, null, null)));
        store.writeStatus(after, status(2L, ConditionType.READY));

        assertThat(fieldsOf(ResourceWriter.OWNERSHIP_MANAGER))
                .contains("f:ownership")
                .doesNotContain("f:conditions");
        assertThat(fieldsOf(ResourceWriter.STATUS_MANAGER))
                .contains("f:conditions")
                .doesNotContain("f:ownership");
        assertThat(fieldsOf(ResourceWriter.STATUS_MANAGER)).doesNotContain("f:spec");
    }

    @Test
    void conditionsThatAreGoneFromTheStatusAreGoneFromTheServer() {
        store.writeStatus(rule, status(1L, ConditionType.READY, ConditionType.RECONCILING));
        store.writeStatus(rule, status(1L, ConditionType.READY));

        assertThat(live().getStatus().conditions()).extracting(Condition::type).containsExactly("Ready");
    }

    @Test
    void fieldsAndListEntriesThatAreGoneFromTheOwnershipRecordAreGoneFromTheServer() {
        MailDomain domain = client.resource(domain()).create();
        MailDomain two = domains.writeOwnership(
                domain, ownership(Ownership.nothing().withSubdomains(List.of("a.example.com", "b.example.com"))));
        MailDomain one =
                domains.writeOwnership(two, ownership(Ownership.nothing().withSubdomains(List.of("b.example.com"))));
        assertThat(one.getStatus().ownership().subdomains()).containsExactly("b.example.com");

        // Not Ownership.nothing(): an empty object in place of one with fields is refused.
        MailDomain none = domains.writeOwnership(one, ownership((Ownership) null));
        assertThat(none.getStatus().ownershipRecord()).isEmpty();
    }

    @Test
    void anOwnershipRecordCanBeClearedBeforeAnyStatusWasWritten() {
        CatchAllRule noted = store.writeOwnership(rule, ownership(new CatchAllOwnership(ZONE, BEFORE, null, null)));

        CatchAllRule cleared = store.writeOwnership(noted, new CatchAllRuleStatus(null, null, null));

        assertThat(cleared.getStatus().ownershipRecord()).isEmpty();
        assertThat(store.writeOwnership(cleared, ownership(new CatchAllOwnership(ZONE, BEFORE, null, null)))
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
        assertThatThrownBy(() -> store.writeOwnership(rule, ownership(new CatchAllOwnership(ZONE, null, null, null))))
                .isInstanceOf(OwnershipConflict.class);
        store.writeStatus(rule, status(1L, ConditionType.READY));
        assertThat(client.resource(rule).get()).isNull();
    }

    @Test
    void anotherResourceOfTheSameNameIsNotTakenForIt() {
        delete();
        CatchAllRule next = created();

        assertThat(store.live(rule)).isEmpty();
        assertThatThrownBy(() -> store.writeOwnership(rule, ownership(new CatchAllOwnership(ZONE, null, null, null))))
                .isInstanceOf(OwnershipConflict.class);
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
        client.resource(live()).edit(fresh -> {
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

    private static CatchAllRuleStatus ownership(CatchAllOwnership ownership) {
        return new CatchAllRuleStatus(null, null, ownership);
    }

    private static MailDomainStatus ownership(Ownership ownership) {
        return MailDomainStatus.ofOwnership(ownership);
    }

    private static CatchAllRuleStatus status(long generation, ConditionType... types) {
        List<Check> checks = Arrays.stream(types)
                .map(type -> Check.yes(type, Reason.Ready, "a test"))
                .toList();
        return new CatchAllRuleStatus(generation, Conditions.of(List.of(), checks, generation, NOW), null);
    }
}
