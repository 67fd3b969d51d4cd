package io.maildomain.operator.controller.destination;

import io.maildomain.operator.cloudflare.Destinations;
import io.maildomain.operator.controller.destination.DestinationLists.Account;
import java.util.Set;
import java.util.function.Supplier;

/** What is known of the addresses that rules forward to, before one is written. */
public interface KnownDestinations {

    /**
     * Those of the addresses that are known not to be verified: a rule to one of them need not be tried.
     *
     * @param api of the account; asked for only where its list is read
     * @param uid of the resource whose rules they are
     */
    Set<String> unverified(Account account, Supplier<Destinations> api, Set<String> emails, String uid);

    /**
     * A rule to the address was tried.
     *
     * @param taken whether Cloudflare took it; else it said that the address is not verified
     * @param uid of the resource whose rule it is
     */
    void tried(Account account, String email, boolean taken, String uid);

    /** Where nothing is known, and each rule is tried. */
    static KnownDestinations none() {
        return new KnownDestinations() {
            @Override
            public Set<String> unverified(Account account, Supplier<Destinations> api, Set<String> emails, String uid) {
                return Set.of();
            }

            @Override
            public void tried(Account account, String email, boolean taken, String uid) {
                // Nothing is remembered.
            }
        };
    }
}
