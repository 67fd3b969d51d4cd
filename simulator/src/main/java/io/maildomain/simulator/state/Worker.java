package io.maildomain.simulator.state;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Worker script: what rules and bindings name, with what was uploaded to it and which of that serves.
 *
 * @param versions oldest first
 * @param deployments oldest first; the last one serves
 */
public record Worker(
        String name,
        String tag,
        Instant createdOn,
        Instant modifiedOn,
        List<WorkerVersion> versions,
        List<WorkerDeployment> deployments,
        WorkerSettings settings) {

    /** How many versions and deployments are kept, as Cloudflare lets one roll back to the latest 100. */
    public static final int KEPT = 100;

    public Worker {
        name = Required.text(name, "a Worker's name");
        tag = tag == null ? Ids.next() : tag;
        versions = versions == null ? List.of() : List.copyOf(versions);
        deployments = deployments == null ? List.of() : List.copyOf(deployments);
        settings = settings == null ? WorkerSettings.standard() : settings;
    }

    /** A Worker that nothing was uploaded to yet. */
    public static Worker fresh(String name, Instant now) {
        return new Worker(name, null, now, now, null, null, null);
    }

    /** The same Worker with times where it has none, and a version that serves where it has no version. */
    public Worker completed(Instant now) {
        Worker dated = new Worker(
                name,
                tag,
                createdOn == null ? now : createdOn,
                modifiedOn == null ? now : modifiedOn,
                versions,
                deployments,
                settings);
        return versions.isEmpty() ? dated.deployed(WorkerVersion.ofOthers(now), Map.of(), now) : dated;
    }

    /** With one more version, which gets its number here, and serves nothing. */
    public Worker withVersion(WorkerVersion version, Instant now) {
        int number = versions.isEmpty() ? 1 : versions.get(versions.size() - 1).number() + 1;
        return new Worker(
                name,
                tag,
                createdOn,
                now,
                kept(Lists.with(versions, version.withNumber(number)), deployments),
                deployments,
                settings);
    }

    /** With one more deployment, which serves from now on. */
    public Worker withDeployment(WorkerDeployment deployment) {
        List<WorkerDeployment> all = Lists.with(deployments, deployment);
        List<WorkerDeployment> latest = all.subList(Math.max(0, all.size() - KEPT), all.size());
        return new Worker(name, tag, createdOn, deployment.createdOn(), versions, latest, settings);
    }

    /** With one more version, which serves everything. */
    public Worker deployed(WorkerVersion version, Map<String, String> annotations, Instant now) {
        return withVersion(version, now)
                .withDeployment(new WorkerDeployment(
                        null,
                        now,
                        version.source(),
                        version.authorEmail(),
                        annotations,
                        List.of(new WorkerDeployment.Share(version.id(), BigDecimal.valueOf(100)))));
    }

    public Worker withSettings(WorkerSettings changed) {
        return new Worker(name, tag, createdOn, modifiedOn, versions, deployments, changed);
    }

    private static List<WorkerVersion> kept(List<WorkerVersion> all, List<WorkerDeployment> deployments) {
        if (all.size() <= KEPT) {
            return all;
        }
        Set<String> serving = new HashSet<>();
        if (!deployments.isEmpty()) {
            deployments.get(deployments.size() - 1).versions().forEach(share -> serving.add(share.versionId()));
        }
        List<WorkerVersion> kept = new ArrayList<>(all);
        for (int i = 0; kept.size() > KEPT && i < kept.size(); ) {
            if (serving.contains(kept.get(i).id())) {
                i++;
            } else {
                kept.remove(i);
            }
        }
        return kept;
    }

    public Optional<WorkerVersion> version(String id) {
        return versions.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    /** The version that was uploaded last, whether it serves or not. */
    public Optional<WorkerVersion> newestVersion() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /** The deployment that serves. */
    public Optional<WorkerDeployment> currentDeployment() {
        return deployments.isEmpty() ? Optional.empty() : Optional.of(deployments.get(deployments.size() - 1));
    }

    /** The version that serves most. */
    public Optional<WorkerVersion> servingVersion() {
        return currentDeployment().flatMap(deployment -> version(deployment.mostServing()));
    }

    /** Who deployed last: {@code wrangler}, {@code api} or {@code dash}. */
    public String deployedFrom() {
        return currentDeployment().map(WorkerDeployment::source).orElse(WorkerVersion.DASHBOARD);
    }
}
