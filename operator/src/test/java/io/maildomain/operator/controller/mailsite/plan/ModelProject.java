package io.maildomain.operator.controller.mailsite.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.operator.access.DeployGrants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One project of Pages, and the operator at work on it, which may die before and after each call and note. */
final class ModelProject {

    private boolean there;
    private final TreeSet<String> domains = new TreeSet<>();
    private final TreeMap<String, String> variables = new TreeMap<>();
    private final List<SiteState.Deployment> deployments = new ArrayList<>();
    private final Map<String, String> elsewhere = new TreeMap<>();
    private final Map<String, String> pending = new TreeMap<>();
    private final Set<String> secrets = new TreeSet<>();
    private String serving = "";

    private SiteLedger ledger = SiteLedger.NOTHING;
    private DeployGrants grants = DeployGrants.everything();
    private Set<Integer> crashes = Set.of();
    private int moment;
    private final List<SiteStep> steps = new ArrayList<>();

    ModelProject copy() {
        ModelProject copy = new ModelProject();
        copy.there = there;
        copy.domains.addAll(domains);
        copy.variables.putAll(variables);
        copy.deployments.addAll(deployments);
        copy.elsewhere.putAll(elsewhere);
        copy.serving = serving;
        copy.ledger = ledger;
        return copy;
    }

    ModelProject crashingAt(Set<Integer> moments) {
        crashes = moments;
        moment = 0;
        return this;
    }

    ModelProject granted(DeployGrants what) {
        grants = what;
        return this;
    }

    // What others do.

    ModelProject wranglerDeploys() {
        there = true;
        add(false, "0123abcd");
        return this;
    }

    ModelProject domain(String host) {
        domains.add(host);
        return this;
    }

    ModelProject othersDelete() {
        there = false;
        domains.clear();
        variables.clear();
        deployments.clear();
        serving = "";
        return this;
    }

    /** Cloudflare shows the newest ones only. */
    void forgetsTheirs() {
        deployments.removeIf(deployment -> !deployment.ours());
    }

    /** People go back to an earlier deployment, which then serves while a newer one is listed first. */
    ModelProject goesBackTo(String id) {
        serving = id;
        return this;
    }

    ModelProject secret(String name) {
        secrets.add(name);
        return this;
    }

    ModelProject pending(String host) {
        pending.put(host, "pending");
        return this;
    }

    ModelProject elsewhere(String host) {
        elsewhere.put(host, "others-worker");
        return this;
    }

    ModelProject variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    // What there is to see.

    SiteState observe() {
        return new SiteState(
                there ? new SiteState.Project(domains, pending, variables, secrets, serving, deployments) : null,
                elsewhere);
    }

    boolean isThere() {
        return there;
    }

    Set<String> domains() {
        return domains;
    }

    Map<String, String> variables() {
        return variables;
    }

    SiteLedger ledger() {
        return ledger;
    }

    List<SiteStep> writes() {
        return steps.stream().filter(SiteStep::writes).toList();
    }

    List<String> stepNames() {
        return steps.stream().map(step -> step.getClass().getSimpleName()).toList();
    }

    String picture() {
        return List.of(there, domains, variables, deployments).toString();
    }

    // What the operator does.

    SiteDecision run(SiteIntent intent) {
        steps.clear();
        for (int i = 0; i < 200; i++) {
            SitePlan plan = SitePlan.next(intent, observe(), ledger, grants);
            if (dies()) {
                continue;
            }
            ledger = plan.ledger();
            if (plan.decision() instanceof SiteDecision.Wait wait && wait.why() instanceof SiteObstacle.UnderWay) {
                cloudflareGoesOn(intent);
            } else if (plan.decision() instanceof SiteDecision.Do next) {
                carryOut(next.step(), intent);
            } else {
                return plan.decision();
            }
        }
        throw new AssertionError("it does not end: " + steps);
    }

    SiteCleanup cleanUp(DeletionPolicy policy, SiteIntent intent) {
        steps.clear();
        for (int i = 0; i < 200; i++) {
            SiteCleanup decision = SitePlan.cleanup(policy, observe(), ledger);
            if (!(decision instanceof SiteCleanup.Do next)) {
                return decision;
            }
            carryOut(next.step(), intent);
        }
        throw new AssertionError("it does not end: " + steps);
    }

    private void carryOut(SiteStep step, SiteIntent intent) {
        if (dies()) {
            return;
        }
        steps.add(step);
        apply(step, intent);
        if (!dies()) {
            ledger = ledger.done(step);
        }
    }

    private void apply(SiteStep step, SiteIntent intent) {
        if (step instanceof SiteStep.CreateProject) {
            assertThat(there).isFalse();
            there = true;
        } else if (step instanceof SiteStep.SetVariables set) {
            variables.putAll(set.values());
            variables.keySet().removeAll(set.removed());
        } else if (step instanceof SiteStep.Deploy deploy) {
            assertThat(variables).containsAllEntriesOf(intent.variables());
            assertThat(observe().newestOfOurs(intent.branch()).map(SiteState.Deployment::fingerprint))
                    .as("deployed once")
                    .isNotEqualTo(Optional.of(deploy.fingerprint()));
            add(true, deploy.fingerprint());
        } else if (step instanceof SiteStep.AddDomain add) {
            assertThat(elsewhere).as("no domain of others is taken").doesNotContainKey(add.host());
            assertThat(domains.add(add.host())).isTrue();
        } else if (step instanceof SiteStep.RemoveDomain remove) {
            assertThat(domains.remove(remove.host())).isTrue();
        } else if (step instanceof SiteStep.DeleteProject) {
            assertThat(deployments).allMatch(SiteState.Deployment::ours);
            there = false;
            deployments.clear();
            variables.clear();
        }
    }

    private void add(boolean ours, String fingerprint) {
        String id = "d" + (deployments.size() + 1);
        SiteState.Stage stage = ours ? SiteState.Stage.UNDER_WAY : SiteState.Stage.SUCCEEDED;
        deployments.add(0, new SiteState.Deployment(id, "main", ours, fingerprint, stage));
        serving = ours ? serving : id;
    }

    private void cloudflareGoesOn(SiteIntent intent) {
        SiteState.Deployment last = deployments.remove(0);
        boolean bad = intent.manifestDigest().startsWith("sha256:bad");
        deployments.add(
                0,
                new SiteState.Deployment(
                        last.id(),
                        last.branch(),
                        last.ours(),
                        last.fingerprint(),
                        bad ? SiteState.Stage.FAILED : SiteState.Stage.SUCCEEDED));
        serving = bad ? serving : last.id();
    }

    private boolean dies() {
        return crashes.contains(moment++);
    }
}
