package io.maildomain.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Pages project.
 *
 * @param deploymentConfigs as they were sent; null where nothing was said
 * @param assets what was uploaded to it, by key
 * @param deployments oldest first
 */
public record PagesProject(
        String id,
        String name,
        String productionBranch,
        Instant createdOn,
        JsonNode deploymentConfigs,
        List<String> domains,
        SortedMap<String, Asset> assets,
        List<PagesDeployment> deployments) {

    /** How many deployments are kept. */
    public static final int KEPT = 100;

    public PagesProject {
        name = Required.text(name, "a Pages project's name");
        id = id == null ? Ids.next() : id;
        productionBranch = productionBranch == null ? "main" : productionBranch;
        deploymentConfigs = deploymentConfigs == null || deploymentConfigs.isNull() ? null : deploymentConfigs;
        domains = domains == null ? List.of() : List.copyOf(domains);
        assets = Collections.unmodifiableSortedMap(assets == null ? new TreeMap<>() : new TreeMap<>(assets));
        deployments = deployments == null ? List.of() : List.copyOf(deployments);
    }

    /** A project that nothing was deployed to yet. */
    public static PagesProject fresh(String name, String productionBranch, JsonNode configs, Instant now) {
        return new PagesProject(null, name, productionBranch, now, configs, null, null, null);
    }

    /** The same project with times where it has none. */
    public PagesProject completed(Instant now) {
        return new PagesProject(
                id,
                name,
                productionBranch,
                createdOn == null ? now : createdOn,
                deploymentConfigs,
                domains,
                assets,
                deployments.stream().map(one -> one.completed(now)).toList());
    }

    public PagesProject withSettings(String branch, JsonNode configs) {
        return new PagesProject(id, name, branch, createdOn, configs, domains, assets, deployments);
    }

    public PagesProject withDomains(List<String> changed) {
        return new PagesProject(id, name, productionBranch, createdOn, deploymentConfigs, changed, assets, deployments);
    }

    public PagesProject withAssets(SortedMap<String, Asset> changed) {
        return new PagesProject(
                id, name, productionBranch, createdOn, deploymentConfigs, domains, changed, deployments);
    }

    public PagesProject withDeployments(List<PagesDeployment> changed) {
        List<PagesDeployment> latest = changed.subList(Math.max(0, changed.size() - KEPT), changed.size());
        return new PagesProject(id, name, productionBranch, createdOn, deploymentConfigs, domains, assets, latest);
    }

    /** The name under pages.dev. */
    public String subdomain() {
        return name + ".pages.dev";
    }

    public Optional<PagesDeployment> deployment(String deploymentId) {
        return deployments.stream().filter(one -> one.id().equals(deploymentId)).findFirst();
    }

    /** The deployment that the project's own name shows. */
    public Optional<PagesDeployment> canonical() {
        return deployments.stream()
                .filter(one -> one.environment().equals("production") && one.hasSucceeded())
                .reduce((first, second) -> second);
    }

    /**
     * An uploaded file; its content is not kept.
     *
     * @param extension of a file name with which the content has this key; null: none that was tried has
     */
    public record Asset(String contentType, long size, String extension) {}
}
