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
        List<SiteObstacle> obstacles = obstacles(intent, state, grants);
        if (!obstacles.isEmpty()) {
            return new SitePlan(ledger, new SiteDecision.Refused(obstacles));
        }
        String wanted = ledger.wanted(intent);
        boolean seen = ledger.hasSeen(wanted);
        if (state.project() == null) {
            return seen
                    ? new SitePlan(ledger, new SiteDecision.Drifted(new SiteObstacle.ProjectDeleted(intent.project())))
                    : step(ledger, new SiteStep.CreateProject(intent.branch()));
        }
        // What serves is asked once ours has served: Cloudflare may name the one before for a moment.
        Optional<SiteState.Deployment> current = seen ? state.serving(intent.branch()) : state.newest(intent.branch());
        Optional<SiteState.Deployment> ours =
                current.filter(last -> last.ours() && last.fingerprint().equals(wanted));
        if (ours.isPresent()) {
            return deployed(intent, state.project(), ledger, ours.get());
        }
        // Also where the answer to our deployment was lost, and others deployed over it since.
        boolean overtaken = state.newestOfOurs(intent.branch())
                .filter(last -> last.fingerprint().equals(wanted))
                .isPresent();
        if (seen || overtaken) {
            String instead = current.map(SiteState.Deployment::id).orElse("");
            return new SitePlan(
                    ledger, new SiteDecision.Drifted(new SiteObstacle.OthersDeployed(intent.project(), instead)));
        }
        return step(
                ledger,
                variables(intent, state.project(), ledger)
                        .orElseGet(() -> new SiteStep.Deploy(wanted, intent.retry())));
    }

    private static SitePlan deployed(
            SiteIntent intent, SiteState.Project project, SiteLedger ledger, SiteState.Deployment deployment) {
        if (deployment.stage() == SiteState.Stage.UNDER_WAY) {
            return new SitePlan(ledger, new SiteDecision.Wait(new SiteObstacle.UnderWay(deployment.id())));
        }
        boolean succeeded = deployment.stage() == SiteState.Stage.SUCCEEDED;
        if (!ledger.hasSeen(deployment.fingerprint())) {
            return step(
                    ledger,
                    new SiteStep.NoteDeployed(
                            new SiteLedger.Deployed(deployment.id(), deployment.fingerprint()),
                            succeeded,
                            intent.retry()));
        }
        if (!succeeded) {
            boolean again = !intent.retry().isEmpty() && !intent.retry().equals(ledger.retry());
            return again
                    ? step(ledger, new SiteStep.Deploy(intent.fingerprint(intent.retry()), intent.retry()))
                    : new SitePlan(
                            ledger,
                            new SiteDecision.Stopped(new SiteObstacle.Failed(intent.project(), deployment.id())));
        }
        Stream<SiteStep> additions = intent.customDomains().stream()
                .filter(host -> !project.domains().contains(host))
                .map(SiteStep.AddDomain::new);
        // What goes comes first: the ledger never holds more than the spec may name.
        return Stream.concat(removals(intent.customDomains(), project, ledger), additions)
                .findFirst()
                .map(step -> step(ledger, step))
                .orElseGet(() -> new SitePlan(ledger, ended(intent, project, deployment)));
    }

    private static SiteDecision ended(SiteIntent intent, SiteState.Project project, SiteState.Deployment deployment) {
        Map<String, String> pending = new TreeMap<>(project.pending());
        pending.keySet().retainAll(intent.customDomains());
        return pending.isEmpty()
                ? new SiteDecision.Done(deployment.id())
                : new SiteDecision.Wait(new SiteObstacle.DomainsPending(intent.project(), pending));
    }

    /** What the namespace is not granted of it: asked before anything is looked at, for of what is there nothing is told then. */
    public static List<SiteObstacle> denied(SiteIntent intent, DeployGrants grants) {
        List<SiteObstacle> denied = new ArrayList<>();
        if (!grants.project(intent.project())) {
            denied.add(new SiteObstacle.NotGranted("pages", intent.project()));
        }
        intent.customDomains().stream()
                .filter(host -> !grants.hostname(host))
                .forEach(host -> denied.add(new SiteObstacle.NotGranted("hostnames", host)));
        return denied;
    }

    private static List<SiteObstacle> obstacles(SiteIntent intent, SiteState state, DeployGrants grants) {
        List<SiteObstacle> denied = denied(intent, grants);
        if (!denied.isEmpty()) {
            return denied;
        }
        List<SiteObstacle> obstacles = new ArrayList<>();
        if (state.project() == null && !intent.createProject()) {
            obstacles.add(new SiteObstacle.NoProject(intent.project()));
        }
        state.found()
                .map(there -> intent.variables().keySet().stream()
                        .filter(there.secrets()::contains)
                        .sorted())
                .ifPresent(taken -> taken.forEach(
                        name -> obstacles.add(new SiteObstacle.VariableIsSecret(intent.project(), name))));
        new TreeMap<>(state.domainsOfOthers()).forEach((host, holder) -> {
            if (intent.customDomains().contains(host)) {
                obstacles.add(new SiteObstacle.DomainTaken(host, holder));
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
     * What undoing comes to: a step, or the end of it. Only a project that the operator created, to which no others have deployed and
     * led no hostname is deleted; of any other one the hostnames go that the operator led there.
     */
    public static SiteCleanup cleanup(DeletionPolicy policy, SiteState state, SiteLedger noted) {
        SiteLedger ledger = noted.settled(state);
        if (policy == DeletionPolicy.Retain || state.project() == null) {
            return new SiteCleanup.Done(false);
        }
        Optional<SiteStep> removal =
                removals(List.of(), state.project(), ledger).findFirst();
        if (removal.isPresent()) {
            return new SiteCleanup.Do(removal.get());
        }
        boolean used = !state.project().domains().isEmpty();
        return ledger.origin() == Origin.CREATED && !used
                ? new SiteCleanup.Do(new SiteStep.DeleteProject())
                : new SiteCleanup.Done(true);
    }

    private static SitePlan step(SiteLedger ledger, SiteStep step) {
        return new SitePlan(ledger.before(step), new SiteDecision.Do(step));
    }
}
