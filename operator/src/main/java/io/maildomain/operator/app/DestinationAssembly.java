package io.maildomain.operator.app;

import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.DestinationCredentials;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.destination.DestinationLists;
import io.maildomain.operator.controller.destination.DestinationReconciler;
import io.maildomain.operator.controller.destination.DestinationServices;
import io.maildomain.operator.controller.destination.DestinationUsers;
import io.maildomain.operator.controller.destination.KnownDestinations;
import io.maildomain.operator.controller.destination.ListedDestinations;
import io.maildomain.operator.controller.watches.WatchMapper;
import io.maildomain.operator.kubernetes.informers.InformerCache;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.ResourceWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what works on DestinationAddresses. Where the installation knows none it does nothing. */
final class DestinationAssembly {

    private static final Logger LOG = LoggerFactory.getLogger(DestinationAssembly.class);

    private final Surroundings surroundings;
    private final WatchMapper watchMapper;
    private final DestinationServices services;
    private final KnownDestinations known;

    /** Whether the kind is asked for, and the cluster has it. */
    private boolean isThere;

    DestinationAssembly(
            Surroundings surroundings,
            ResourceCache cluster,
            CredentialsResolver.Secrets secrets,
            CredentialsResolver credentials,
            WatchMapper watchMapper) {
        OperatorSettings settings = surroundings.settings();
        DestinationUsers users = new DestinationUsers(cluster, credentials, watchMapper::trigger);
        this.surroundings = surroundings;
        this.watchMapper = watchMapper;
        this.services = DestinationServices.of(
                new DestinationCredentials(settings.scope(), cluster, credentials, secrets),
                new DestinationLists(surroundings.clock(), users),
                users,
                surroundings.clock(),
                settings.drift().interval(),
                settings.cloudflare().callTimeout());
        this.known = new ListedDestinations(services.lists(), users, surroundings.clock());
    }

    /**
     * Without its CRD the watch of the kind would end the process with the API server's words. A user who deletes the CRD must not
     * leave all MailDomains without an operator: it goes on without DestinationAddresses.
     */
    void check(InformerCache informers) {
        if (!isWanted()) {
            LeftBehind.say(surroundings, "--destination-addresses", List.of(DestinationAddress.class));
            return;
        }
        if (!ClusterAccess.knows(surroundings.client(), DestinationAddress.class)) {
            informers.leaveOutDestinationAddresses();
            LOG.warn(
                    "no DestinationAddress is seen to: this cluster does not have the CRD destinationaddresses.maildomain.io."
                            + " kubectl apply -f crds/maildomain.io_destinationaddresses.yaml and start the operator anew,"
                            + " or leave --destination-addresses out");
            return;
        }
        isThere = true;
    }

    private boolean isWanted() {
        return surroundings.settings().scope().destinationAddresses();
    }

    /** What the MailDomains' controller is told of destinations. */
    KnownDestinations ofDomains() {
        return isWanted() ? known : KnownDestinations.none();
    }

    /** Registers the controller. @param parts of any other kind */
    void register(Controllers controllers, ControllerParts<?, ?> parts, Forgetting forgetting) {
        if (isThere) {
            ResourceWriter<DestinationAddress, DestinationAddressStatus> writer =
                    new ResourceWriter<>(surroundings.client(), DestinationAddress.class);
            DestinationReconciler reconciler =
                    new DestinationReconciler(parts.of(writer, watchMapper.destinations()), services);
            controllers.registerNamespaced(reconciler, "destinationaddress");
            forgetting.also(reconciler);
        }
    }
}
