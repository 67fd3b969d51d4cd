package io.maildomain.operator.controller.deploy;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.access.DeployCredentials.Unusable;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import java.util.Optional;

/** What is asked before something that was deployed is undone, whatever it is: whether it is to go, by which token, and whose it is. */
public record DeployCleanup(DeployCredentialsResolver credentials, LastDeployCredentials lastGood) {

    /** The part of one kind. */
    public interface Undoing {

        /** What was deployed, as people call it. */
        String what();

        /** Whether the ownership record has nothing that could be undone. */
        boolean isNothing();

        /** The account's id in the ownership record; empty: none yet. */
        Optional<String> accountId();

        /** Why another resource of the kind has it; empty where this one does. */
        Optional<Blocked> lost(Usable with);

        /** It stays, and why is said. */
        CleanupResult kept(String why);

        /**
         * Undoes it, as far as it goes now.
         *
         * @throws CloudflareException where a call failed
         */
        CleanupResult undo(Usable with);

        /** What is said of a call that failed. */
        Blocked blocked(CloudflareException e, Usable with);
    }

    /** Undoes what was done for a resource, or says why it waits or stays. */
    public CleanupResult run(DeployedResource deployed, Undoing undoing) {
        if (deployed.deletionPolicy() == DeletionPolicy.Retain || undoing.isNothing()) {
            return new CleanupResult.Done();
        }
        if (Annotations.abandons(deployed.resource())) {
            return undoing.kept("given up by annotation");
        }
        DeployCredentials found = lastGood.insteadOf(
                credentials.resolve(deployed.namespace(), deployed.account()),
                deployed.namespace(),
                deployed.resource().getMetadata().getUid());
        if (found instanceof Unusable unusable) {
            return new CleanupResult.Waiting(unusable.blocked());
        }
        Usable with = (Usable) found;
        Optional<Blocked> moved =
                DeployObstacles.otherAccount(undoing.accountId().orElse(null), with, undoing.what());
        if (moved.isPresent()) {
            return new CleanupResult.Waiting(moved.get());
        }
        if (!with.grants().target(deployed)) {
            return undoing.kept("the account does not grant it to this namespace any more");
        }
        Optional<Blocked> lost = undoing.lost(with);
        if (lost.isPresent()) {
            // It is another one's, whatever the ownership record says.
            return lost.get().status() == Check.Status.UNKNOWN
                    ? new CleanupResult.Waiting(lost.get())
                    : new CleanupResult.Done();
        }
        try {
            return undoing.undo(with);
        } catch (CloudflareException e) {
            return new CleanupResult.Waiting(undoing.blocked(e, with));
        }
    }
}
