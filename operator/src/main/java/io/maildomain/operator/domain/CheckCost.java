package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailRule;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many calls one drift check of a MailDomain takes: what the drift interval is stretched by. */
public final class CheckCost {

    /** Zone and settings. */
    private static final int FIXED = 2;

    private static final int RULES_PER_PAGE = 50;

    private CheckCost() {}

    /** Calls of one check of a healthy domain. */
    public static int of(MailDomain domain) {
        if (domain.getSpec() == null || domain.getSpec().suspend()) {
            return 0;
        }
        String apex = domain.getSpec().domain();
        Set<String> hosts = Stream.concat(
                        domain.getSpec().subdomains().stream().map(name -> name.toLowerCase(Locale.ROOT) + "." + apex),
                        domain.getSpec().rules().stream()
                                .map(MailRule::address)
                                .map(Wanted::hostOf)
                                .filter(host -> !host.equals(apex)))
                .collect(Collectors.toSet());
        return FIXED
                + 1
                + domain.getSpec().rules().size() / RULES_PER_PAGE
                + Math.min(hosts.size(), HostPlanner.MOST_SUBDOMAINS);
    }
}
