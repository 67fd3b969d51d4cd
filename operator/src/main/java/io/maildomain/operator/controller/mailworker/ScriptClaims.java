package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.deploy.DeployClaims;
import io.maildomain.operator.controller.deploy.DeployClaims.Claimed;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.Blocked;
import java.util.Optional;

/** Which of several MailWorkers deploys a script. */
record ScriptClaims(ResourceCache cluster, DeployCredentialsResolver credentials) {

    /** Why this one does not; empty where it does. */
    Optional<Blocked> lost(MailWorker live, Usable with) {
        String script = live.getSpec().script();
        return DeployedResource.of(live).flatMap(deployed -> new DeployClaims(credentials)
                .lost(
                        deployed,
                        cluster.mailWorkersOf(script).stream().flatMap(other -> DeployedResource.of(other).stream()),
                        with.accountId(),
                        DeployGrants::target,
                        new Claimed("deploys " + script, "choose another spec.script")));
    }
}
