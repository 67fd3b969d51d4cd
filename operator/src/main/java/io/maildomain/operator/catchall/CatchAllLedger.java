package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.operator.ledger.StatusStore;
import java.util.Optional;

/** The ledger of one CatchAllRule during one reconcile: read live, written before the call that it is about. */
final class CatchAllLedger {

    private final StatusStore<CatchAllRule, CatchAllRuleStatus> store;
    private CatchAllRule live;
    private CatchAllOwnership noted;

    CatchAllLedger(StatusStore<CatchAllRule, CatchAllRuleStatus> store, CatchAllRule live) {
        this.store = store;
        this.live = live;
        this.noted = Succession.ledgerOf(live).orElse(null);
    }

    Optional<CatchAllOwnership> noted() {
        return Optional.ofNullable(noted);
    }

    void note(CatchAllOwnership next) {
        if (!next.equals(noted)) {
            write(next);
        }
    }

    /** We have let go of the catch-all. */
    void clear() {
        if (noted != null) {
            write(null);
        }
    }

    private void write(CatchAllOwnership next) {
        live = store.writeLedger(live, new CatchAllRuleStatus(null, null, next));
        noted = next;
    }
}
