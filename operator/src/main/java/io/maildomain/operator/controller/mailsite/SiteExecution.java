package io.maildomain.operator.controller.mailsite;

import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.deploy.SiteProject;
import io.maildomain.operator.cloudflare.deploy.SiteUpload;
import io.maildomain.operator.cloudflare.deploy.SitesApi;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.mailsite.plan.SiteIntent;
import io.maildomain.operator.controller.mailsite.plan.SiteObstacle;
import io.maildomain.operator.controller.mailsite.plan.SiteStep;
import io.maildomain.operator.status.Blocked;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Carries out one step of a site's deployment. What was noted before it stands in the ledger. */
record SiteExecution(SitesApi sites, SiteIntent intent, SiteFiles files, DeployCredentials.Usable with) {

    /** What came of a step. */
    sealed interface Outcome {

        /** It was done. */
        record Done() implements Outcome {}

        /** It certainly was not, and people have to see to it. */
        record Refused(SiteObstacle why) implements Outcome {}

        /** What it rests on has changed since the look: look again. */
        record Outrun() implements Outcome {}
    }

    private static final Outcome DONE = new Outcome.Done();

    /**
     * One step.
     *
     * @throws CloudflareException where it is not known whether it was done, or the reason is none of the site's
     */
    Outcome carryOut(SiteStep step, SiteObservation seen) {
        String project = intent.project();
        if (step instanceof SiteStep.CreateProject create) {
            boolean created =
                    sites.createProject(project, create.productionBranch()).isPresent();
            return created ? DONE : new Outcome.Outrun();
        }
        if (step instanceof SiteStep.SetVariables set) {
            sites.setVariables(project, seen.live(), set.values(), set.removed());
            return DONE;
        }
        if (step instanceof SiteStep.Deploy deploy) {
            return deploy(deploy.fingerprint());
        }
        if (step instanceof SiteStep.AddDomain add) {
            return add(add.host());
        }
        if (step instanceof SiteStep.RemoveDomain remove) {
            sites.removeDomain(project, remove.host());
        } else if (step instanceof SiteStep.DeleteProject) {
            sites.deleteProject(project);
        }
        return DONE;
    }

    /** Files first: one of them twice is the same file, so that this may begin anew at any time. The last call deploys them. */
    private Outcome deploy(String fingerprint) {
        try {
            UploadPass pass = sites.uploadPass(intent.project());
            if (files.served().size() > pass.mostFiles()) {
                return new Outcome.Refused(
                        new SiteObstacle.NotTaken("%d files, and a deployment of this plan may hold %d"
                                .formatted(files.served().size(), pass.mostFiles())));
            }
            SortedMap<String, String> manifest = files.manifest();
            if (!manifest.isEmpty()) {
                Set<String> keys = new TreeSet<>(manifest.values());
                Set<String> missing = sites.missing(pass, keys);
                sites.upload(pass, files.uploads(manifest, missing));
                sites.keep(pass, keys);
            }
            sites.createDeployment(
                    intent.project(),
                    new SiteUpload(manifest, intent.branch(), intent.message(), fingerprint, files.parts()));
            return DONE;
        } catch (CloudflareException e) {
            Diagnosis why = Catalogue.diagnose(e, with.context(intent.project()));
            if (e.mayHaveTakenEffect() || e.deployTargetMissing() || !Blocked.isCloudflaresOwn(e, why)) {
                throw e;
            }
            return new Outcome.Refused(new SiteObstacle.NotTaken(e.describe()));
        }
    }

    private Outcome add(String host) {
        if (sites.addDomain(intent.project(), host).isPresent()) {
            return DONE;
        }
        // Some project has it; ours, where the answer to an earlier try of the same call was lost.
        boolean ours = sites.project(intent.project())
                .map(SiteProject::domains)
                .filter(domains -> domains.contains(host))
                .isPresent();
        return ours ? DONE : new Outcome.Refused(new SiteObstacle.DomainElsewhere(host));
    }
}
