package io.maildomain.operator.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.mailbox.DomainMailboxes;
import io.maildomain.operator.controller.mailbox.MailboxDeletion;
import io.maildomain.operator.controller.mailbox.MailboxReconciler;
import io.maildomain.operator.controller.mailbox.MailboxServices;
import io.maildomain.operator.controller.watches.WatchMapper;
import io.maildomain.operator.kubernetes.informers.InformerCache;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.ResourceWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what works on Mailboxes. Where the installation knows none it does nothing. */
final class MailboxAssembly implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxAssembly.class);

    private final Surroundings surroundings;
    private final WatchMapper watchMapper;
    private final MailboxServices services;

    /** Whether the kind is asked for, and the cluster has it. */
    private boolean isThere;

    MailboxAssembly(Surroundings surroundings, ResourceCache cluster, WatchMapper watchMapper) {
        this.surroundings = surroundings;
        this.watchMapper = watchMapper;
        this.services = new MailboxServices(
                cluster,
                surroundings.clock(),
                surroundings.settings().drift().mailboxDistance(),
                watchMapper::trigger,
                deletion(surroundings));
    }

    private static MailboxDeletion deletion(Surroundings surroundings) {
        return surroundings.settings().scope().deletesMailboxes()
                ? new InCluster(surroundings.client())
                : MailboxDeletion.none();
    }

    private record InCluster(KubernetesClient client) implements MailboxDeletion {

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public void delete(Mailbox live) {
            client.resource(live)
                    .lockResourceVersion(live.getMetadata().getResourceVersion())
                    .delete();
        }
    }

    /**
     * Without its CRD the watch of the kind would end the process with the API server's words. A user who deletes the CRD must not
     * leave all MailDomains without an operator: it goes on without Mailboxes, and leaves their rules as they are.
     */
    void check(InformerCache informers) {
        if (!isAskedFor()) {
            return;
        }
        if (!ClusterAccess.knows(surroundings.client(), Mailbox.class)) {
            informers.leaveOutMailboxes();
            LOG.warn(
                    "Mailboxes do not attach, and rules that they asked for stay as they are: this cluster does not have the CRD"
                            + " mailboxes.maildomain.io. kubectl apply -f crds/maildomain.io_mailboxes.yaml and start the operator anew,"
                            + " or leave --mailboxes out");
            return;
        }
        isThere = true;
        watchMapper.watch(services.watches());
    }

    private boolean isAskedFor() {
        return surroundings.settings().scope().mailboxes();
    }

    /** What the MailDomains' controller is told of Mailboxes. */
    DomainMailboxes ofDomains() {
        return isThere ? services.ofDomains() : DomainMailboxes.none();
    }

    /** Writes the statuses of Mailboxes. */
    ResourceWriter<Mailbox, MailboxStatus> writer() {
        return new ResourceWriter<>(surroundings.client(), Mailbox.class);
    }

    /** Registers the controller, and has Mailboxes expire from now on. */
    void register(Controllers controllers, ControllerParts<Mailbox, MailboxStatus> parts, Forgetting forgetting) {
        if (isThere) {
            MailboxReconciler reconciler = services.reconciler(parts);
            controllers.registerNamespaced(reconciler, "mailbox");
            forgetting.also(reconciler);
            forgetting.also(services::uids, services::forget);
            services.start();
        }
    }

    @Override
    public void close() {
        services.close();
    }
}
