package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.deploy.DeployClaims;
import io.maildomain.operator.controller.deploy.DeployClaims.Claimed;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.Blocked;
import java.util.Optional;

/** Which of several MailSites deploys to a project. */
record ProjectClaims(ResourceCache cluster, DeployCredentialsResolver credentials) {

    /** Why this one does not; empty where it does. */
    Optional<Blocked> lost(MailSite live, Usable with) {
        String project = live.getSpec().project();
        return DeployedResource.of(live).flatMap(deployed -> new DeployClaims(credentials)
                .lost(
                        deployed,
                        cluster.mailSitesOf(project).stream().flatMap(other -> DeployedResource.of(other).stream()),
                        with.accountId(),
                        DeployGrants::target,
                        new Claimed("deploys to " + project, "choose another spec.project")));
    }
}
