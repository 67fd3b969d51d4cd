package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many calls one drift check of a MailDomain takes: what the drift interval is stretched by. */
public final class CheckCost {

    /** Zone and settings. */
    private static final int FIXED = 2;

    private static final int RULES_PER_PAGE = 50;

    /** Zone, settings, rules, and the apex's records, which are read while they are not known to stand. */
    private static final int LEAST = 4;

    /** Zone, routing and its settings, which a domain that is new needs besides its rules. */
    private static final int WRITES_OF_A_NEW_ONE = 3;

    private CheckCost() {}

    /**
     * Calls that a turn is expected to take: a look, and where all is still to be written or undone, a write for each rule.
     * What another change needs cannot be told before the look.
     */
    public static int of(MailDomain domain, ServiceClass service) {
        boolean all = service == ServiceClass.FIRST_SIGHT || domain.isMarkedForDeletion();
        int rules = domain.getSpec() == null ? 0 : domain.getSpec().rules().size();
        return Math.max(LEAST, of(domain)) + (all ? WRITES_OF_A_NEW_ONE + rules : 0);
    }

    /** Pages that rules take which the spec does not name. */
    public static int pagesOf(int rules) {
        return rules / RULES_PER_PAGE;
    }

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
                                .map(DesiredState::hostOf)
                                .filter(host -> !host.equals(apex)))
                .collect(Collectors.toSet());
        return FIXED
                + 1
                + domain.getSpec().rules().size() / RULES_PER_PAGE
                + Math.min(hosts.size(), HostPlanner.MOST_SUBDOMAINS);
    }
}
