package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.MailDomain;
import java.time.Duration;

/**
 * MailDomains that are gone from the API server while nothing is undone yet: for a while a successor may come, perhaps under
 * the very same name, which it can take only once the first one is gone.
 */
public interface Departures {

    /** How long after its deletion a MailDomain's successor may come; zero: what is there when it goes is all that counts. */
    Duration window();

    /**
     * Notes it durably, so that it may go before anything is undone.
     *
     * @return false where that cannot be: then it has to stay
     */
    boolean note(MailDomain going);

    /** Whether the resource is such a note, and no resource of the API server any more. */
    boolean isDeparted(MailDomain domain);

    /** Everything is undone, or another MailDomain's. */
    void forget(MailDomain domain);

    /** None departs early. */
    static Departures none(Duration window) {
        return new Departures() {
            @Override
            public Duration window() {
                return window;
            }

            @Override
            public boolean note(MailDomain going) {
                return false;
            }

            @Override
            public boolean isDeparted(MailDomain domain) {
                return false;
            }

            @Override
            public void forget(MailDomain domain) {
                // There is nothing to forget.
            }
        };
    }
}
