package io.maildomain.operator.controller.mailworker.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands at Cloudflare once a step was done, if Cloudflare takes it. Pure. */
final class ForeseenWorker {

    /** The id of what Cloudflare has not given one yet. */
    static final String NEW = "new";

    private ForeseenWorker() {}

    static WorkerState after(WorkerState before, DeployStep step, String script) {
        return new WorkerState(
                script(before.script(), step),
                databases(before.databases(), step),
                before.buckets(),
                domains(before.domains(), step, script),
                routes(before.routes(), step, script),
                before.hostsWithoutZone());
    }

    private static WorkerState.@Nullable Script script(WorkerState.@Nullable Script before, DeployStep step) {
        if (step instanceof DeployStep.UploadFirst first) {
            return new WorkerState.Script(
                    List.of(new WorkerState.Deployment(Map.of(NEW, 100))),
                    List.of(version(first.fingerprint())),
                    List.of(),
                    false);
        }
        if (before == null || step instanceof DeployStep.DeleteWorker) {
            return null;
        }
        List<WorkerState.Deployment> deployments = new ArrayList<>(before.deployments());
        List<WorkerState.Version> versions = new ArrayList<>(before.versions());
        if (step instanceof DeployStep.UploadVersion upload) {
            versions.add(0, version(upload.fingerprint()));
        } else if (step instanceof DeployStep.Deploys deploys) {
            deployments.add(0, new WorkerState.Deployment(deploys.percentages()));
        }
        return new WorkerState.Script(
                deployments,
                versions,
                step instanceof DeployStep.SetSchedules set ? set.schedules() : before.schedules(),
                step instanceof DeployStep.SetSubdomain set ? set.enabled() : before.workersDev());
    }

    private static WorkerState.Version version(String fingerprint) {
        return new WorkerState.Version(NEW, true, fingerprint, "api");
    }

    private static Map<String, WorkerState.Database> databases(
            Map<String, WorkerState.Database> before, DeployStep step) {
        Map<String, WorkerState.Database> databases = new HashMap<>(before);
        if (step instanceof DeployStep.ApplyMigration apply) {
            databases.computeIfPresent(apply.database(), (name, database) -> {
                Set<String> applied = new HashSet<>(database.applied());
                applied.add(apply.migration().name());
                return new WorkerState.Database(database.id(), applied, database.keepsAccount());
            });
        }
        return databases;
    }

    private static Map<String, WorkerState.CustomDomain> domains(
            Map<String, WorkerState.CustomDomain> before, DeployStep step, String script) {
        Map<String, WorkerState.CustomDomain> domains = new HashMap<>(before);
        if (step instanceof DeployStep.PutDomain put) {
            domains.put(put.host(), new WorkerState.CustomDomain(NEW, script));
        } else if (step instanceof DeployStep.RemoveDomain remove) {
            domains.remove(remove.host());
        }
        return domains;
    }

    private static List<WorkerState.Route> routes(List<WorkerState.Route> before, DeployStep step, String script) {
        if (step instanceof DeployStep.AddRoute add) {
            return Stream.concat(before.stream(), Stream.of(new WorkerState.Route(NEW, add.pattern(), script)))
                    .toList();
        }
        return step instanceof DeployStep.RemoveRoute remove
                ? before.stream()
                        .filter(route -> !route.pattern().equals(remove.pattern()))
                        .toList()
                : before;
    }
}
