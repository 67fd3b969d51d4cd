package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.ApiServerRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as a write to our resources, and how a call is told from others. */
class WriteSpotTest {

    private static final String BASE = "/apis/maildomain.io/v1alpha1/namespaces/mail/";

    @Test
    void aWriteIsNamedByWhatItWrites() {
        assertThat(seen("PATCH", BASE + "maildomains/fresh/status?fieldManager=mail-domain-operator-ledger&force=true"))
                .contains(new WriteSpot.Seen("mail", "ownership of maildomains/fresh"));
        assertThat(seen("PATCH", BASE + "catchallrules/fresh/status?fieldManager=mail-domain-operator&force=true"))
                .contains(new WriteSpot.Seen("mail", "status of catchallrules/fresh"));
        assertThat(seen("PATCH", BASE + "maildomains/fresh"))
                .contains(new WriteSpot.Seen("mail", "finalizers of maildomains/fresh"));
    }

    @Test
    void readsAndOtherThingsAreNone() {
        assertThat(seen("GET", BASE + "maildomains/fresh")).isEmpty();
        assertThat(seen("POST", "/api/v1/namespaces/mail/events")).isEmpty();
    }

    @Test
    void thoseOfOneKindAreCounted() {
        assertThat(WriteSpot.of(List.of("a", "b", "a")))
                .containsExactly(new WriteSpot("a", 1), new WriteSpot("b", 1), new WriteSpot("a", 2));
    }

    private static Optional<WriteSpot.Seen> seen(String method, String target) {
        return WriteSpot.seen(new ApiServerRequest(method, target, ""));
    }
}
