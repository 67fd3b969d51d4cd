package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.TokenState;
import java.util.List;

/**
 * What one probe of a token brought besides what its calls showed of the rights.
 *
 * @param zones ids of zones that it may be asked about, the best suited first
 * @param accounts ids of the accounts that the token sees; asked for only where none is configured
 * @param trouble why the probe ended early, such as a connection that failed; "" if it went through
 */
record Probed(Verification verification, List<String> zones, List<String> accounts, String trouble) {

    Probed {
        zones = List.copyOf(zones);
        accounts = List.copyOf(accounts);
    }

    static Probed nothing() {
        return new Probed(Verification.notAsked(), List.of(), List.of(), "");
    }

    /** Where a probe ended early, what the one before it learned still stands. */
    Probed orEarlier(Probed earlier) {
        if (trouble.isEmpty()) {
            return this;
        }
        boolean verified = verification.state() != TokenState.unknown;
        return new Probed(
                verified ? verification : earlier.verification(),
                zones.isEmpty() ? earlier.zones() : zones,
                accounts.isEmpty() ? earlier.accounts() : accounts,
                trouble);
    }
}
