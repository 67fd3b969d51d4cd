package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.WorkerDatabase;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.deploy.DeployClaims;
import io.maildomain.operator.controller.deploy.DeployClaims.Claimed;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.Blocked;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of several MailWorkers deploys a script, and which of them migrates a database. */
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

    /**
     * Why another one applies the migrations of one of its databases; empty where this one applies all of its own. Two with files of the
     * same name would each take the other's for its own.
     */
    Optional<Blocked> lostDatabase(MailWorker live, Usable with) {
        return live.getSpec().databases().stream()
                .filter(database -> database.wantedMigrations().isPresent())
                .flatMap(database -> lost(live, database, with).stream())
                .findFirst();
    }

    private Optional<Blocked> lost(MailWorker live, WorkerDatabase database, Usable with) {
        Stream<DeployedResource> others = cluster.mailWorkers().stream()
                .filter(other -> other.getSpec() != null && other.getSpec().migratesAs(database))
                .flatMap(other -> DeployedResource.of(other).stream());
        return DeployedResource.of(live).flatMap(deployed -> new DeployClaims(credentials)
                .lost(
                        deployed,
                        others,
                        with.accountId(),
                        (grants, other) -> grants.target(other) && grants.database(database.name()),
                        new Claimed(
                                "applies migrations to " + database.name(),
                                "leave out the migrations of that database here")));
    }
}
