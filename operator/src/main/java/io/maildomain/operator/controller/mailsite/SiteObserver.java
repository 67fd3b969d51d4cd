package io.maildomain.operator.controller.mailsite;

import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.SiteDeployment;
import io.maildomain.operator.cloudflare.deploy.SiteDomain;
import io.maildomain.operator.cloudflare.deploy.SiteProject;
import io.maildomain.operator.cloudflare.deploy.SitesApi;
import io.maildomain.operator.controller.mailsite.plan.SiteIntent;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger.Deployed;
import io.maildomain.operator.controller.mailsite.plan.SiteState;
import io.maildomain.operator.controller.mailsite.plan.SiteState.Deployment;
import io.maildomain.operator.controller.mailsite.plan.SiteState.Stage;
import io.maildomain.operator.controller.mailsite.plan.SiteStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Cloudflare has of one Pages project, as far as the plan needs it. Lives as long as one reconcile: what a step cannot have
 * changed is not read a second time.
 */
final class SiteObserver {

    private static final String SERVES = "active";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final DeployApis apis;
    private final SiteIntent intent;

    /** Null: to be read. */
    private @Nullable Project project;

    private @Nullable List<SiteDeployment> deployments;
    private @Nullable Map<String, String> pending;

    /** What hostnames lead to that are not the project's; empty where that is nothing. */
    private final Map<String, Optional<String>> elsewhere = new HashMap<>();

    /** @param found null: there is none */
    private record Project(@Nullable SiteProject found) {}

    SiteObserver(DeployApis apis, SiteIntent intent) {
        this.apis = apis;
        this.intent = intent;
    }

    /** What is there now; the deployment that the ledger speaks of is looked for as well. */
    SiteObservation look(SiteLedger ledger) {
        Project now =
                project == null ? new Project(sites().project(intent.project()).orElse(null)) : project;
        project = now;
        SiteProject found = now.found();
        if (found == null) {
            return new SiteObservation(new SiteState(null, elsewhere(Set.of())), false, null);
        }
        boolean live = found.isLive(intent.branch());
        List<SiteDeployment> listed = deployments == null ? list(live, found, ledger) : deployments;
        deployments = listed;
        Set<String> domains = new TreeSet<>(found.domains());
        domains.remove(found.subdomain());
        SiteState state = new SiteState(
                new SiteState.Project(
                        domains,
                        pending(domains),
                        found.variables(intent.branch()).texts(),
                        found.variables(intent.branch()).secrets(),
                        live ? found.serving() : "",
                        listed.stream().map(this::deployment).toList()),
                elsewhere(domains));
        return new SiteObservation(state, live, state.serving(intent.branch()).orElse(null));
    }

    /** Forgets what a step may have changed. */
    void changedBy(SiteStep step) {
        if (!step.writes()) {
            return;
        }
        project = null;
        if (step instanceof SiteStep.Deploy || step instanceof SiteStep.DeleteProject) {
            deployments = null;
        }
        if (step instanceof SiteStep.AddDomain || step instanceof SiteStep.RemoveDomain) {
            pending = null;
        }
    }

    /** All deployments that one look can see, whatever their branch: whether a project holds others' is asked before it is deleted. */
    SiteState everything(SiteLedger ledger) {
        SiteState state = look(ledger).state();
        SiteState.Project found = state.project();
        if (found == null) {
            return state;
        }
        Stream<Deployment> all = Stream.of(true, false)
                .flatMap(live -> sites().deployments(intent.project(), live).stream())
                .flatMap(List::stream)
                .map(this::deployment);
        return new SiteState(
                new SiteState.Project(
                        found.domains(),
                        found.pending(),
                        found.variables(),
                        found.secrets(),
                        found.serving(),
                        all.toList()),
                state.domainsOfOthers());
    }

    private SitesApi sites() {
        return apis.sites();
    }

    /** What is noted, and what serves, may be older than those that the list shows. */
    private List<SiteDeployment> list(boolean live, SiteProject found, SiteLedger ledger) {
        List<SiteDeployment> listed =
                new ArrayList<>(sites().deployments(intent.project(), live).orElse(List.of()));
        Set<String> wanted = new TreeSet<>();
        boolean hasOfBranch =
                listed.stream().anyMatch(deployment -> deployment.branch().equals(intent.branch()));
        if (!hasOfBranch) {
            // A status may have been edited: what is no id leads nowhere.
            ledger.lastDeployed()
                    .map(Deployed::id)
                    .filter(id -> ID.matcher(id).matches())
                    .ifPresent(wanted::add);
        }
        if (live && !found.serving().isEmpty()) {
            wanted.add(found.serving());
        }
        listed.forEach(deployment -> wanted.remove(deployment.id()));
        wanted.forEach(id -> sites().deployment(intent.project(), id).ifPresent(listed::add));
        return listed;
    }

    private Deployment deployment(SiteDeployment deployment) {
        Stage stage = deployment.hasFailed() ? Stage.FAILED : deployment.isDone() ? Stage.SUCCEEDED : Stage.UNDER_WAY;
        return new Deployment(
                deployment.id(),
                deployment.branch(),
                intent.mark().isOn(deployment.message()),
                deployment.commitHash(),
                stage);
    }

    /** Of the intent's hostnames that lead to the project: how those stand that do not serve. */
    private Map<String, String> pending(Set<String> domains) {
        boolean concerned = intent.customDomains().stream().anyMatch(domains::contains);
        Map<String, String> known = pending;
        if (known == null) {
            known = concerned ? askPending() : Map.of();
            pending = known;
        }
        return known;
    }

    private Map<String, String> askPending() {
        Set<String> asked = new HashSet<>(intent.customDomains());
        Map<String, String> waiting = new TreeMap<>();
        sites().domains(intent.project()).orElse(List.<SiteDomain>of()).stream()
                .filter(domain ->
                        asked.contains(domain.name()) && !domain.status().equals(SERVES))
                .forEach(domain ->
                        waiting.put(domain.name(), domain.status().isEmpty() ? "not told of" : domain.status()));
        return waiting;
    }

    /** Of the intent's hostnames that do not lead to the project: the Workers that have them. */
    private Map<String, String> elsewhere(Set<String> domains) {
        Map<String, String> taken = new TreeMap<>();
        intent.customDomains().stream().filter(host -> !domains.contains(host)).forEach(host -> elsewhere
                .computeIfAbsent(host, this::worker)
                .ifPresent(holder -> taken.put(host, holder)));
        return taken;
    }

    private Optional<String> worker(String host) {
        return apis.triggers().customDomainAt(host).map(domain -> "the Worker " + domain.script());
    }

    /** About how many calls a look takes that finds all as it should be. */
    static int calls(int customDomains) {
        return customDomains == 0 ? 2 : 3;
    }
}
