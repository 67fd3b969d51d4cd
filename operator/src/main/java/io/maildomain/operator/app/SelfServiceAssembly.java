package io.maildomain.operator.app;

import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.destination.KnownDestinations;
import io.maildomain.operator.controller.mailbox.DomainMailboxes;
import io.maildomain.operator.controller.watches.WatchMapper;
import io.maildomain.operator.kubernetes.informers.InformerCache;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.StatusWriter;

/** What teams help themselves with: Mailboxes and DestinationAddresses, each only where the installation asks for it. */
final class SelfServiceAssembly implements AutoCloseable {

    private final MailboxAssembly mailboxes;
    private final DestinationAssembly destinations;

    SelfServiceAssembly(
            Surroundings surroundings,
            ResourceCache cluster,
            CredentialsResolver.Secrets secrets,
            CredentialsResolver credentials,
            WatchMapper watchMapper) {
        mailboxes = new MailboxAssembly(surroundings, cluster, watchMapper);
        destinations = new DestinationAssembly(surroundings, cluster, secrets, credentials, watchMapper);
    }

    /** Before the start of the watches: a kind whose CRD the cluster does not have is left out. */
    void check(InformerCache informers) {
        mailboxes.check(informers);
        destinations.check(informers);
    }

    /** What the MailDomains' controller is told of Mailboxes. */
    DomainMailboxes mailboxes() {
        return mailboxes.ofDomains();
    }

    /** What the MailDomains' controller is told of destinations. */
    KnownDestinations destinations() {
        return destinations.ofDomains();
    }

    /** Writes the statuses of Mailboxes. */
    StatusWriter<Mailbox, MailboxStatus> writer() {
        return mailboxes.writer();
    }

    /** Registers the controllers. @param parts those of Mailboxes; what they share serves DestinationAddresses as well */
    void register(Controllers controllers, ControllerParts<Mailbox, MailboxStatus> parts, Forgetting forgetting) {
        mailboxes.register(controllers, parts, forgetting);
        destinations.register(controllers, parts, forgetting);
    }

    @Override
    public void close() {
        mailboxes.close();
    }
}
