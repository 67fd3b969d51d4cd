package io.maildomain.operator.domain;

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
 * status that somebody has edited can only make us touch less.
 */
final class RoutedBefore {

    private RoutedBefore() {}

    static Set<String> in(MailDomain live) {
        return Optional.ofNullable(live.getStatus()).map(MailDomainStatus::dns).orElse(List.of()).stream()
                .filter(RoutedBefore::wasRouted)
                .map(HostStatus::host)
                .collect(Collectors.toSet());
    }

    private static boolean wasRouted(HostStatus host) {
        return host.state() == HostState.Ready
                || host.state() == HostState.Unlocked
                || Sentences.movedAway(host.host()).equals(host.message());
    }
}
