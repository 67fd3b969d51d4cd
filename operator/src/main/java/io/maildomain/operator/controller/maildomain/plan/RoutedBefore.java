package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hosts whose mail came here when they were last looked at, as the status tells, or that were found moved away then. A
 * status that a user has edited can only make us touch less.
 */
public final class RoutedBefore {

    private RoutedBefore() {}

    public static Set<String> in(MailDomain live) {
        return Optional.ofNullable(live.getStatus()).map(MailDomainStatus::dns).orElse(List.of()).stream()
                .filter(RoutedBefore::wasRouted)
                .map(HostStatus::host)
                .collect(Collectors.toSet());
    }

    private static boolean wasRouted(HostStatus host) {
        return host.state() == HostState.Ready
                || host.state() == HostState.Unlocked
                || host.state() == HostState.MovedAway
                || wasMovedAwayBefore(host);
    }

    /**
     * What versions before {@link HostState#MovedAway} wrote: that a host was moved away stood in the sentence only. Read for
     * one release, 0.1: the first reconcile after the upgrade writes the state.
     */
    private static boolean wasMovedAwayBefore(HostStatus host) {
        String sentence = "Email Routing of " + host.host() + " was switched off and other MX records stand there now:"
                + " it is left off; remove these records, or delete this resource";
        return host.state() == HostState.Foreign && sentence.equals(host.message());
    }
}
