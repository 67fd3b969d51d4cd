package io.maildomain.operator.kubernetes.leadership;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Leases that say which installation works with an owner id. */
record OwnerLeases(KubernetesClient client, InstallationIdentity identity, String holder, Clock clock) {

    static final String OWNER_ID = "maildomain.io/owner-id";

    private static final Logger LOG = LoggerFactory.getLogger(OwnerLeases.class);

    List<OwnerRecord> records() {
        return leases().stream().map(OwnerRecord::of).toList();
    }

    /**
     * Those of the whole cluster where the id may have been given twice; else, or where that may not be read, our own. Not
     * more than needed: a user who may write a Lease somewhere and knows the id can keep us from starting.
     */
    private List<Lease> leases() {
        if (!identity.isGiven()) {
            return ownLease();
        }
        try {
            return client.leases()
                    .inAnyNamespace()
                    .withLabel(OWNER_ID, identity.label())
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            LOG.debug("Leases of other namespaces may not be listed: installations there are not seen", e);
            return ownLease();
        }
    }

    private List<Lease> ownLease() {
        try {
            return mine().filter(lease -> lease.getMetadata().getLabels() != null)
                    .filter(lease -> identity.label()
                            .equals(lease.getMetadata().getLabels().get(OWNER_ID)))
                    .map(List::of)
                    .orElseGet(List::of);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            LOG.debug("The Lease {} may not be read", where(), e);
            return List.of();
        }
    }

    private Optional<Lease> mine() {
        return Optional.ofNullable(client.leases()
                .inNamespace(identity.namespace())
                .withName(identity.lease())
                .get());
    }

    String where() {
        return identity.namespace() + "/" + identity.lease();
    }

    /** False where Leases may not be written: then no other can know of this installation. */
    boolean announced(boolean working) {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(identity.lease())
                .withNamespace(identity.namespace())
                .addToLabels(OWNER_ID, identity.label())
                .addToAnnotations(OwnerRecord.RELEASE, identity.release())
                .addToAnnotations(OwnerRecord.WORKING, String.valueOf(working))
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(
                        (int) Math.max(1, identity.leaseDuration().toSeconds()))
                .withRenewTime(clock.instant().atZone(ZoneOffset.UTC))
                .endSpec()
                .build();
        try {
            client.resource(lease)
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager("mail-domain-operator-owner")
                            .withForce(true)
                            .build());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            LOG.warn(
                    "The Lease {} may not be written: another installation with this owner id would not be noticed;"
                            + " allow get, create, patch and update on leases there",
                    where());
            return false;
        }
    }

    /** So that the next one need not wait until it runs out. */
    void giveBack() {
        try {
            mine().filter(lease -> holder.equals(lease.getSpec().getHolderIdentity()))
                    .ifPresent(lease -> client.resource(new LeaseBuilder(lease)
                                    .editSpec()
                                    .withHolderIdentity(null)
                                    .endSpec()
                                    .build())
                            .update());
        } catch (KubernetesClientException e) {
            LOG.debug("The Lease {} runs out by itself", where(), e);
        }
    }
}
