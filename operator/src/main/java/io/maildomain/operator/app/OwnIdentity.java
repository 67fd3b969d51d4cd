package io.maildomain.operator.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.kubernetes.leadership.Installation;
import io.maildomain.operator.kubernetes.leadership.InstallationIdentity;
import io.maildomain.operator.ownership.OwnerMark;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Which installation this process belongs to, and that no other one in the cluster takes itself for it. */
final class OwnIdentity implements AutoCloseable {

    private final KubernetesClient client;
    private final OperatorSettings settings;
    private final Clock clock;
    private final AtomicReference<OwnerMark> mark = new AtomicReference<>();
    private final AtomicReference<Installation> installation = new AtomicReference<>();

    OwnIdentity(KubernetesClient client, OperatorSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Finds out the owner id and looks for others that work with it.
     *
     * @throws StartFailure in one line, if there is one
     */
    String identify() {
        OwnerMark found = mark();
        InstallationIdentity identity = new InstallationIdentity(
                found.ownerId(),
                settings.scope().ownerId().isPresent(),
                settings.scope().operatorNamespace(),
                settings.leadership().leaseName(),
                settings.scope().releaseName(),
                settings.leadership().podName(),
                settings.leadership().enabled(),
                settings.leadership().leaseDuration());
        Installation here = new Installation(client, identity, hostName(), clock);
        try {
            here.refuseIfAnotherIsAlive();
        } catch (Installation.AnotherInstallation another) {
            throw new StartFailure(StartFailure.explain(another), another);
        }
        installation.set(here);
        return found.ownerId();
    }

    /** Says to others that this installation works, if it has looked for them before. */
    void enter() {
        Optional.ofNullable(installation.get()).ifPresent(Installation::enter);
    }

    /** The mark of this installation's rules; may call the cluster. */
    OwnerMark mark() {
        OwnerMark known = mark.get();
        if (known == null) {
            known = OwnerIdentity.of(settings, client);
            mark.set(known);
        }
        return known;
    }

    /** The owner id; blank where it was not asked for yet. */
    String known() {
        return Optional.ofNullable(mark.get()).map(OwnerMark::ownerId).orElse("");
    }

    @Override
    public void close() {
        Optional.ofNullable(installation.get()).ifPresent(Installation::close);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unnamed";
        }
    }
}
