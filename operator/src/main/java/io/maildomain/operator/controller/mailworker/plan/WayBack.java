package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Asked;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Deployed;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Origin;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Rollout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which version there is to go back to: one that was found good, and that no migration has come after; and what is not ours. Pure. */
record WayBack(WorkerIntent intent, WorkerState state, DeployLedger ledger) {

    /**
     * Drift {@code Correct}: the version that served before, for a rollout begins from there. None once a migration was applied that no
     * version was found good with, whichever rollout it came with.
     *
     * @param rollout the one of the intent; null: none is noted
     */
    Optional<String> putBack(@Nullable Rollout rollout) {
        boolean migrated =
                ledger.noted().filter(noted -> noted.hasMigrated(state)).isPresent();
        if (!intent.corrects() || migrated) {
            return Optional.empty();
        }
        Optional<String> before = rollout == null ? Optional.empty() : rollout.before();
        return before.filter(version -> state.version(version).isPresent())
                .filter(this::mayReplace)
                .filter(this::isFit)
                .or(() -> ledger.lastDeployed().map(Deployed::version).filter(state::isOurs))
                .filter(version -> !state.servesOnly(version));
    }

    /** Whether a Worker that serves nothing is ours to deploy to: others may have uploaded to it, or keep the name. */
    boolean mayDeployIdle() {
        return !state.current().isEmpty()
                || state.hasVersionOfOurs()
                || ledger.origin() == Origin.CREATING
                || ledger.origin() == Origin.CREATED
                || intent.adopts();
    }

    /** What others have there, which stands in the way. */
    Obstacle foreignOrSplit() {
        if (state.current().isEmpty()) {
            return new RolloutObstacle.Foreign(intent.script(), "", "");
        }
        return state.serving()
                .filter(version -> !state.isSplitByOthers())
                .<Obstacle>map(version -> new RolloutObstacle.Foreign(
                        intent.script(),
                        version,
                        state.version(version).map(WorkerState.Version::source).orElse("not known")))
                .orElseGet(() -> new RolloutObstacle.Split(intent.script(), state.current()));
    }

    boolean mayReplace(String version) {
        return state.isOurs(version) || intent.adopts();
    }

    /**
     * Whether a version was found good, or others want it to serve. What a rollout uploaded that is still noted was not, nor what it
     * began over without counting on it.
     */
    boolean isFit(String version) {
        boolean good = ledger.lastDeployed()
                .filter(last -> last.version().equals(version))
                .isPresent();
        boolean doubtful = ledger.noted()
                .filter(noted -> version.equals(noted.version())
                        || version.equals(noted.previous()) && noted.asked() != Asked.AT_ZERO)
                .isPresent();
        return good || !doubtful || !state.isOurs(version);
    }
}
