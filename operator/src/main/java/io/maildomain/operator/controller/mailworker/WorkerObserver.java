package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.WorkerDeployment;
import io.maildomain.operator.cloudflare.deploy.WorkerVersion;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.controller.mailworker.plan.DeployStep;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.controller.mailworker.plan.WorkerState;
import io.maildomain.operator.controller.mailworker.plan.WorkerState.Deployment;
import io.maildomain.operator.controller.mailworker.plan.WorkerState.Script;
import io.maildomain.operator.controller.mailworker.plan.WorkerState.Version;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Cloudflare has of one Worker, as far as the plan needs it. Lives as long as one reconcile: what a step cannot have changed
 * is not read a second time.
 */
final class WorkerObserver {

    private final DeployApis apis;
    private final WorkerIntent intent;
    private final TriggerObserver triggers;
    private final DatabaseObserver databases;

    private @Nullable Seen seen;
    private @Nullable Set<WorkerState.Bucket> buckets;

    /**
     * The Worker itself.
     *
     * @param script null: there is none
     * @param newest what serves; null where nothing does
     */
    private record Seen(@Nullable Script script, @Nullable WorkerDeployment newest) {
        private static final Seen NOTHING = new Seen(null, null);
    }

    /** @param zones where the hosts are, as far as that is remembered from earlier looks */
    WorkerObserver(DeployApis apis, WorkerIntent intent, ZoneMemory.Zones zones) {
        this.apis = apis;
        this.intent = intent;
        this.triggers = new TriggerObserver(apis.triggers(), intent, zones);
        this.databases = new DatabaseObserver(apis.databases());
    }

    /** What is there now; what the ledger speaks of besides the intent is looked at as well. */
    Observation look(DeployLedger ledger) {
        Seen now = seen == null ? worker(ledger) : seen;
        seen = now;
        Map<String, WorkerState.Database> known =
                databases.look(intent.content().databases());
        buckets = buckets == null ? lookForBuckets() : buckets;
        TriggerObserver.Triggers leading = triggers.look(ledger);
        WorkerState state = new WorkerState(
                now.script(), known, buckets, leading.domains(), leading.routes(), leading.hostsWithoutZone());
        return new Observation(state, now.newest(), leading.zones(), leading.zonesOfRoutes());
    }

    /** Forgets what a step may have changed. */
    void changedBy(DeployStep step) {
        if (step instanceof DeployStep.ApplyMigration migration) {
            databases.changed(migration.database());
        } else if (step instanceof DeployStep.PutDomain
                || step instanceof DeployStep.RemoveDomain
                || step instanceof DeployStep.AddRoute
                || step instanceof DeployStep.RemoveRoute) {
            triggers.changed();
        } else if (step.writes()) {
            seen = null;
        }
    }

    private Seen worker(DeployLedger ledger) {
        Optional<List<WorkerDeployment>> deployments = apis.workers().deployments(intent.script());
        if (deployments.isEmpty()) {
            return Seen.NOTHING;
        }
        List<WorkerVersion> versions =
                new ArrayList<>(apis.workers().versions(intent.script()).orElse(List.of()));
        Optional<WorkerDeployment> newest = deployments.get().stream().findFirst();
        Stream<String> serving = newest.stream()
                .flatMap(deployment -> deployment.shares().stream())
                .map(share -> share.versionId());
        addMissing(Stream.concat(serving, ledger.versions()), versions);
        boolean scheduled =
                intent.triggers().schedules() != null || !ledger.schedules().isEmpty();
        List<String> schedules =
                scheduled ? apis.triggers().schedules(intent.script()).orElse(List.of()) : List.of();
        boolean onWorkersDev = intent.triggers().workersDev() != null
                && apis.triggers()
                        .workersDev(intent.script())
                        .filter(place -> place.enabled())
                        .isPresent();
        Script script = new Script(
                deployments.get().stream().map(WorkerObserver::deployment).toList(),
                versions.stream()
                        .map(version -> version(version, intent.mark()))
                        .toList(),
                schedules,
                onWorkersDev);
        return new Seen(script, newest.orElse(null));
    }

    /** One that serves, or that is noted, may be older than those that the list shows, or newer. */
    private void addMissing(Stream<String> wanted, List<WorkerVersion> versions) {
        Set<String> listed = versions.stream().map(WorkerVersion::id).collect(Collectors.toSet());
        wanted.distinct()
                .filter(id -> !listed.contains(id))
                .flatMap(id -> apis.workers().version(intent.script(), id).stream())
                .forEach(versions::add);
    }

    private static Deployment deployment(WorkerDeployment deployment) {
        Map<String, Integer> shares = new LinkedHashMap<>();
        // A share that is no whole number is still one of several.
        deployment.shares().forEach(share -> shares.put(share.versionId(), (int) Math.floor(share.percentage())));
        return new Deployment(shares);
    }

    private static Version version(WorkerVersion version, OwnerMark mark) {
        return Version.of(version.id(), version.message(), version.tag(), version.source(), mark);
    }

    private Set<WorkerState.Bucket> lookForBuckets() {
        Set<WorkerState.Bucket> found = new HashSet<>();
        for (WorkerIntent.Bucket bucket : intent.content().buckets()) {
            apis.buckets()
                    .bucket(bucket.name(), bucket.jurisdiction())
                    .ifPresent(known -> found.add(new WorkerState.Bucket(bucket.name(), bucket.jurisdiction())));
        }
        return found;
    }

    /** About how many calls a look takes that finds all as it should be. */
    static int calls(int databases, int buckets, Stream<String> hosts) {
        return 4 + 3 * databases + buckets + (int) Math.min(hosts.count(), 20);
    }
}
