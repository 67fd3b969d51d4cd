package io.maildomain.operator.statuspage.plan;

import java.time.Instant;
import java.util.List;

/**
 * All that the page says, as it was at one moment.
 *
 * @param others resources of other kinds that are not as they should be
 */
public record PageFacts(
        Instant now,
        String version,
        List<DomainFact> domains,
        List<DestinationFact> destinations,
        List<AccountFact> accounts,
        List<OtherFact> others) {

    /** Sorts the domains, the accounts and the others: what needs people comes first. */
    public PageFacts {
        domains = domains.stream().sorted(DomainFact.ORDER).toList();
        destinations = List.copyOf(destinations);
        accounts = accounts.stream().sorted(AccountFact.ORDER).toList();
        others = others.stream().sorted(OtherFact.ORDER).toList();
    }
}
