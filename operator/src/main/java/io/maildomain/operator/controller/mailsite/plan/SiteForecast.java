package io.maildomain.operator.controller.mailsite.plan;

import io.maildomain.operator.access.DeployGrants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What mode Manage would do for a site, step by step to its end, if Cloudflare takes all of it and others change nothing meanwhile. Pure.
 *
 * @param changes what would be written at Cloudflare, in order
 * @param end where it would come to an end, or to a pause
 */
public record SiteForecast(List<SiteStep> changes, SiteDecision end) {

    /** More than there can be hostnames to add and to remove, and what comes before them. */
    private static final int MOST_STEPS = 100;

    /** The id of what is not deployed yet. */
    private static final String NEW = "new";

    public SiteForecast {
        changes = List.copyOf(changes);
    }

    /** @param noted the ledger as the status has it */
    public static SiteForecast of(SiteIntent intent, SiteState seen, SiteLedger noted, DeployGrants grants) {
        List<SiteStep> changes = new ArrayList<>();
        SiteState state = seen;
        SiteLedger ledger = noted;
        SitePlan plan = SitePlan.next(intent, state, ledger, grants);
        for (int i = 0; i < MOST_STEPS && plan.decision() instanceof SiteDecision.Do next; i++) {
            SiteStep step = next.step();
            if (step.writes()) {
                changes.add(step);
            }
            state = new SiteState(after(state.project(), step, intent.branch()), state.domainsOfOthers());
            ledger = plan.ledger().done(step);
            plan = SitePlan.next(intent, state, ledger, grants);
        }
        return new SiteForecast(changes, plan.decision());
    }

    /** The changes in words, in order. */
    public List<String> describe() {
        return changes.stream().map(SiteStep::describe).toList();
    }

    private static SiteState.@Nullable Project after(SiteState.@Nullable Project before, SiteStep step, String branch) {
        if (step instanceof SiteStep.CreateProject) {
            return new SiteState.Project(Set.of(), Map.of(), Map.of(), Set.of(), "", List.of());
        }
        if (before == null) {
            return null;
        }
        Set<String> domains = new HashSet<>(before.domains());
        Map<String, String> variables = new HashMap<>(before.variables());
        List<SiteState.Deployment> deployments = new ArrayList<>(before.deployments());
        String serving = before.serving();
        if (step instanceof SiteStep.SetVariables set) {
            variables.putAll(set.values());
            variables.keySet().removeAll(set.removed());
        } else if (step instanceof SiteStep.Deploy deploy) {
            deployments.add(
                    0, new SiteState.Deployment(NEW, branch, true, deploy.fingerprint(), SiteState.Stage.SUCCEEDED));
            serving = NEW;
        } else if (step instanceof SiteStep.AddDomain add) {
            domains.add(add.host());
        } else if (step instanceof SiteStep.RemoveDomain remove) {
            domains.remove(remove.host());
        }
        return new SiteState.Project(domains, before.pending(), variables, before.secrets(), serving, deployments);
    }
}
