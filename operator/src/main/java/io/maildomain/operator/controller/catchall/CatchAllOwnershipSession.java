package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.ownership.StatusWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ownership record of one CatchAllRule during one reconcile: read live, written before the call that it is about. */
final class CatchAllOwnershipSession {

    private final StatusWriter<CatchAllRule, CatchAllRuleStatus> store;
    private CatchAllRule live;
    private @Nullable CatchAllOwnership noted;

    CatchAllOwnershipSession(StatusWriter<CatchAllRule, CatchAllRuleStatus> store, CatchAllRule live) {
        this.store = store;
        this.live = live;
        this.noted = CatchAllPrecedence.ownershipOf(live).orElse(null);
    }

    Optional<CatchAllOwnership> noted() {
        return Optional.ofNullable(noted);
    }

    void note(CatchAllOwnership next) {
        if (!next.equals(noted)) {
            write(next);
        }
    }

    /** We have given up the catch-all. */
    void clear() {
        if (noted != null) {
            write(null);
        }
    }

    private void write(@Nullable CatchAllOwnership next) {
        live = store.writeOwnership(live, new CatchAllRuleStatus(null, null, next));
        noted = next;
    }
}
