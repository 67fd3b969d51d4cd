package io.maildomain.operator.controller.mailsite.plan;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * From what a MailSite asks for, what Cloudflare has and what the ledger says we did, to the one step that comes next. Pure.
 *
 * @param ledger written first, where it differs from what stands there
 */
public record SitePlan(SiteLedger ledger, SiteDecision decision) {

    /** @param noted the ledger as the status has it */
    public static SitePlan next(SiteIntent intent, SiteState state, SiteLedger noted, DeployGrants grants) {
        SiteLedger ledger = noted.settled(state);
        List<SiteDecision.Obstacle> obstacles = obstacles(intent, state, grants);
        if (!obstacles.isEmpty()) {
            return new SitePlan(ledger, new SiteDecision.Refused(obstacles));
        }
        if (state.project() == null) {
            return step(ledger, new SiteStep.CreateProject(intent.branch()));
        }
        Optional<SiteState.Deployment> newest = state.newest(intent.branch());
        boolean ours = newest.filter(last -> last.ours() && last.fingerprint().equals(intent.fingerprint()))
                .isPresent();
        boolean seen = ledger.deployed().equals(intent.fingerprint());
        // Also where the answer to our deployment was lost, and others deployed over it since.
        boolean overtaken = state.newestOfOurs(intent.branch())
                .filter(last -> last.fingerprint().equals(intent.fingerprint()))
                .isPresent();
        if (!ours && (seen || overtaken)) {
            return new SitePlan(
                    ledger,
                    new SiteDecision.Drifted(
                            newest.map(SiteState.Deployment::id).orElse("")));
        }
        if (!ours) {
            return step(
                    ledger,
                    variables(intent, state.project(), ledger)
                            .orElseGet(() -> new SiteStep.Deploy(intent.fingerprint())));
        }
        return deployed(intent, state.project(), ledger, newest.get());
    }

    private static SitePlan deployed(
            SiteIntent intent, SiteState.Project project, SiteLedger ledger, SiteState.Deployment deployment) {
        if (deployment.stage() == SiteState.Stage.UNDER_WAY) {
            return new SitePlan(ledger, new SiteDecision.Wait(deployment.id()));
        }
        if (!ledger.deployed().equals(intent.fingerprint())) {
            return step(
                    ledger,
                    new SiteStep.NoteDeployed(
                            intent.fingerprint(), intent.variables().keySet()));
        }
        if (deployment.stage() == SiteState.Stage.FAILED) {
            return new SitePlan(ledger, new SiteDecision.Stopped(deployment.id()));
        }
        Stream<SiteStep> additions = intent.customDomains().stream()
                .filter(host -> !project.domains().contains(host))
                .map(SiteStep.AddDomain::new);
        return Stream.concat(additions, removals(intent.customDomains(), project, ledger))
                .findFirst()
                .map(step -> step(ledger, step))
                .orElseGet(() -> new SitePlan(ledger, new SiteDecision.Done(deployment.id())));
    }

    /** What was granted is asked first: of what is there nothing is told before. */
    private static List<SiteDecision.Obstacle> obstacles(SiteIntent intent, SiteState state, DeployGrants grants) {
        List<SiteDecision.Obstacle> denied = new ArrayList<>();
        if (!grants.project(intent.project())) {
            denied.add(new SiteDecision.NotGranted("pages", intent.project()));
        }
        intent.customDomains().stream()
                .filter(host -> !grants.hostname(host))
                .forEach(host -> denied.add(new SiteDecision.NotGranted("hostnames", host)));
        if (!denied.isEmpty()) {
            return denied;
        }
        List<SiteDecision.Obstacle> obstacles = new ArrayList<>();
        if (state.project() == null && !intent.createProject()) {
            obstacles.add(new SiteDecision.NoProject(intent.project()));
        }
        new TreeMap<>(state.domainsOfOthers()).forEach((host, holder) -> {
            if (intent.customDomains().contains(host)) {
                obstacles.add(new SiteDecision.DomainTaken(host, holder));
            }
        });
        return obstacles;
    }

    /** Those that differ, and those that the operator has set and the spec has no more. */
    private static Optional<SiteStep> variables(SiteIntent intent, SiteState.Project project, SiteLedger ledger) {
        Map<String, String> changed = new TreeMap<>(intent.variables());
        changed.entrySet()
                .removeIf(wanted -> wanted.getValue().equals(project.variables().get(wanted.getKey())));
        Set<String> removed = new TreeSet<>(ledger.variables());
        removed.removeAll(intent.variables().keySet());
        removed.retainAll(project.variables().keySet());
        return changed.isEmpty() && removed.isEmpty()
                ? Optional.empty()
                : Optional.of(new SiteStep.SetVariables(changed, removed));
    }

    private static Stream<SiteStep> removals(List<String> kept, SiteState.Project project, SiteLedger ledger) {
        return new TreeSet<>(ledger.domains())
                .stream()
                        .filter(host ->
                                !kept.contains(host) && project.domains().contains(host))
                        .map(SiteStep.RemoveDomain::new);
    }

    /**
     * What undoing comes to: a step, or {@link SiteDecision.Done} without a deployment. Only a project that the operator created and
     * that holds no deployment of others is deleted; of any other one the hostnames go that the operator led there.
     */
    public static SiteDecision cleanup(DeletionPolicy policy, SiteState state, SiteLedger noted) {
        SiteLedger ledger = noted.settled(state);
        if (policy == DeletionPolicy.Retain || state.project() == null) {
            return new SiteDecision.Done("");
        }
        Optional<SiteStep> removal =
                removals(List.of(), state.project(), ledger).findFirst();
        if (removal.isPresent()) {
            return new SiteDecision.Do(removal.get());
        }
        return ledger.origin() == Origin.CREATED && !state.holdsOthers()
                ? new SiteDecision.Do(new SiteStep.DeleteProject())
                : new SiteDecision.Done("");
    }

    private static SitePlan step(SiteLedger ledger, SiteStep step) {
        return new SitePlan(ledger.before(step), new SiteDecision.Do(step));
    }
}
