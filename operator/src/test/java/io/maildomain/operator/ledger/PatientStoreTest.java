package io.maildomain.operator.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Others write to a resource while a ledger is to be written: what matters stops it, anything else does not. */
class PatientStoreTest {

    private static final CatchAllContent DROP = new CatchAllContent("", true, "drop", null);

    private final MemoryStore<CatchAllRule, CatchAllRuleSpec, CatchAllRuleStatus> store =
            new MemoryStore<>(CatchAllRule::new, PatientStoreTest::withLedgerOf);
    private final CatchAllRule read = store.put(rule());

    private static CatchAllRuleStatus withLedgerOf(CatchAllRuleStatus status, CatchAllRuleStatus ledger) {
        CatchAllRuleStatus known = status == null ? new CatchAllRuleStatus(null, null, null) : status;
        return known.withLedger(ledger == null ? null : ledger.ownership());
    }

    private static CatchAllRule rule() {
        CatchAllRule rule = new CatchAllRule();
        rule.setMetadata(new ObjectMetaBuilder()
                .withNamespace("mail")
                .withName("rule")
                .withUid("uid")
                .withGeneration(1L)
                .build());
        return rule;
    }

    private void somebody(Consumer<CatchAllRule> edits) {
        CatchAllRule live = store.live(read).orElseThrow();
        edits.accept(live);
        store.put(live);
    }

    private static Optional<CatchAllOwnership> ledgerOf(CatchAllRule rule) {
        return Optional.ofNullable(rule.getStatus()).flatMap(CatchAllRuleStatus::ledger);
    }

    private static CatchAllRuleStatus ledger(String zone) {
        return new CatchAllRuleStatus(null, null, new CatchAllOwnership(zone, null, DROP, null));
    }

    private void isWritten() {
        CatchAllRule written = new PatientStore<>(store, PatientStoreTest::ledgerOf).writeLedger(read, ledger("zone"));
        assertThat(ledgerOf(written).orElseThrow().zoneId()).isEqualTo("zone");
    }

    private void isRefused() {
        assertThatThrownBy(
                        () -> new PatientStore<>(store, PatientStoreTest::ledgerOf).writeLedger(read, ledger("zone")))
                .isInstanceOf(LedgerConflict.class);
        assertThat(store.ledgers()).isEmpty();
    }

    @Test
    void aLabelAConditionOrAForeignAnnotationStopsNothing() {
        somebody(rule -> rule.getMetadata().setLabels(Map.of("cost", "42")));
        somebody(rule -> rule.getMetadata().setAnnotations(Map.of("theirs.example/note", "x")));
        somebody(rule -> rule.setStatus(new CatchAllRuleStatus(1L, null, null)));
        isWritten();
    }

    @Test
    void anotherSpecStopsIt() {
        somebody(rule -> rule.getMetadata().setGeneration(2L));
        isRefused();
    }

    @Test
    void anAnnotationOfOursStopsIt() {
        somebody(rule -> rule.getMetadata().setAnnotations(Map.of("maildomain.io/abandon", "true")));
        isRefused();
    }

    @Test
    void itsDeletionStopsIt() {
        somebody(rule -> rule.getMetadata().setDeletionTimestamp(Instant.now().toString()));
        isRefused();
    }

    @Test
    void anotherLedgerStopsIt() {
        somebody(rule -> rule.setStatus(ledger("another zone")));
        isRefused();
    }

    @Test
    void whatIsGoneIsNotWritten() {
        store.remove(read);
        isRefused();
    }
}
