package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import io.maildomain.operator.cloudflare.deploy.TrafficShare;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.controller.mailworker.plan.DeployStep;
import io.maildomain.operator.controller.mailworker.plan.DeployStep.Answer;
import io.maildomain.operator.controller.mailworker.plan.Obstacle;
import io.maildomain.operator.controller.mailworker.plan.RolloutObstacle;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.controller.mailworker.plan.WorkerState;
import io.maildomain.operator.status.Blocked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out one step of a deployment: at most one call that changes something. What was noted before it stands in the ledger. */
final class WorkerExecution {

    private final MailWorker live;
    private final DeployApis apis;
    private final WorkerUploads uploads;
    private final WorkerProbing probing;
    private final DeployCredentials.Usable with;
    private final String message;

    /** What came of a step. */
    sealed interface Outcome {

        /** It was done. */
        record Done(Answer answer) implements Outcome {}

        /** It certainly was not, and people have to see to it. */
        record Refused(Obstacle why) implements Outcome {}

        /** The answer is still to come, and wakes the resource. */
        record Asked(String version) implements Outcome {}

        /** What it rests on has changed since the look: look again. */
        record Outrun() implements Outcome {}
    }

    static final Outcome PLAIN = new Outcome.Done(Answer.PLAIN);

    /** @param message of the deployments that it makes, which bears the mark */
    WorkerExecution(
            MailWorker live,
            DeployApis apis,
            WorkerUploads uploads,
            WorkerProbing probing,
            DeployCredentials.Usable with,
            String message) {
        this.live = live;
        this.apis = apis;
        this.uploads = uploads;
        this.probing = probing;
        this.with = with;
        this.message = message;
    }

    /**
     * One step.
     *
     * @param ledger as it was noted for this step
     * @throws CloudflareException where it is not known whether it was done, or the reason is none of the Worker's
     */
    Outcome carryOut(DeployStep step, Observation seen, DeployLedger ledger) {
        if (step instanceof DeployStep.Probe probe) {
            return probing.ask(live, probe) ? PLAIN : new Outcome.Asked(probe.version());
        }
        if (step instanceof DeployStep.NoteBookmark note) {
            return bookmark(note, seen.state());
        }
        if (step instanceof DeployStep.ApplyMigration migration) {
            return apply(migration, seen.state(), ledger);
        }
        if (step instanceof DeployStep.UploadFirst first) {
            return upload(
                    () -> apis.workers().putScript(script(), uploads.upload(first.fingerprint(), seen.state())),
                    seen.state(),
                    ledger);
        }
        if (step instanceof DeployStep.UploadVersion version) {
            return upload(
                    () -> apis.workers().createVersion(script(), uploads.upload(version.fingerprint(), seen.state())),
                    seen.state(),
                    ledger);
        }
        if (step instanceof DeployStep.GoBack back) {
            return goBack(back, ledger);
        }
        if (step instanceof DeployStep.Deploys deploys) {
            apis.workers().createDeployment(script(), shares(deploys.percentages()), message);
            return PLAIN;
        }
        return step instanceof DeployStep.Trigger trigger
                ? new TriggerExecution(apis.triggers(), script()).carryOut(trigger, seen)
                : PLAIN;
    }

    private String script() {
        return live.getSpec().script();
    }

    private Outcome bookmark(DeployStep.NoteBookmark note, WorkerState state) {
        return state.database(note.database())
                .flatMap(database -> apis.databases().bookmark(database.id()))
                .<Outcome>map(bookmark -> new Outcome.Done(Answer.ofBookmark(bookmark)))
                .orElseGet(Outcome.Outrun::new);
    }

    /** The table comes with the first migration: both or neither. */
    private Outcome apply(DeployStep.ApplyMigration step, WorkerState state, DeployLedger ledger) {
        String table = DatabaseObserver.identifier(step.table());
        String sql = "CREATE TABLE IF NOT EXISTS " + table
                + " (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,"
                + " applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);\n"
                + step.migration().query(step.table());
        Optional<WorkerState.Database> database = state.database(step.database());
        if (database.isEmpty()) {
            return new Outcome.Outrun();
        }
        if (!(apis.databases().query(database.get().id(), sql) instanceof QueryAnswer.Refused refused)) {
            return PLAIN;
        }
        return isApplied(step)
                ? new Outcome.Outrun()
                : new Outcome.Refused(new RolloutObstacle.SqlFailed(
                        step.database(),
                        step.migration().name(),
                        refused.words(),
                        ledger.noted()
                                .map(rollout -> rollout.bookmarks().getOrDefault(step.database(), ""))
                                .orElse("")));
    }

    /** Wrangler, or another installation, was faster: what it applied is refused a second time. */
    private boolean isApplied(DeployStep.ApplyMigration step) {
        WorkerIntent.Database asked =
                new WorkerIntent.Database("", step.database(), step.table(), false, List.of(step.migration()));
        return Optional.ofNullable(new DatabaseObserver(apis.databases())
                        .look(List.of(asked))
                        .get(step.database()))
                .filter(now -> now.applied().contains(step.migration().name()))
                .isPresent();
    }

    private Outcome goBack(DeployStep.GoBack step, DeployLedger ledger) {
        try {
            apis.workers().createDeployment(script(), shares(step.percentages()), message);
            return PLAIN;
        } catch (CloudflareException e) {
            // Should it have taken effect all the same, the next look tells.
            if (!Blocked.isCloudflaresOwn(e, Catalogue.diagnose(e, with.context(script())))) {
                throw e;
            }
            String version = ledger.noted().map(DeployLedger.Rollout::version).orElse("");
            return new Outcome.Refused(new RolloutObstacle.NoWayBack(version, step.previous()));
        }
    }

    @FunctionalInterface
    private interface Upload {
        String send();
    }

    private Outcome upload(Upload upload, WorkerState state, DeployLedger ledger) {
        try {
            return new Outcome.Done(Answer.ofVersion(upload.send()));
        } catch (CloudflareException e) {
            Diagnosis why = Catalogue.diagnose(e, with.context(script()));
            if (e.mayHaveTakenEffect() || e.deployTargetMissing() || !Blocked.isCloudflaresOwn(e, why)) {
                throw e;
            }
            return new Outcome.Refused(new RolloutObstacle.VersionRefused(e.describe(), migrated(state, ledger)));
        }
    }

    /** The migrations of this rollout that are applied by now. */
    private static List<String> migrated(WorkerState state, DeployLedger ledger) {
        return ledger.noted().stream()
                .flatMap(rollout -> rollout.migrations().stream())
                .filter(migration -> state.database(migration.database())
                        .filter(database -> database.applied().contains(migration.file()))
                        .isPresent())
                .map(migration -> migration.database() + " " + migration.file())
                .toList();
    }

    private static List<TrafficShare> shares(Map<String, Integer> percentages) {
        // The one that serves first, as wrangler writes it.
        return new TreeMap<>(percentages)
                .entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .map(share -> new TrafficShare(share.getKey(), share.getValue()))
                        .toList();
    }
}
