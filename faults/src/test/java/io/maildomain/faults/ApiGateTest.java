package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a write to our resources, and how a call is told from others. */
class ApiGateTest {

    private static final String BASE = "/apis/maildomain.io/v1alpha1/namespaces/mail/";

    @Test
    void aWriteIsNamedByWhatItWrites() {
        assertThat(WriteSpot.seen("PATCH " + BASE
                        + "maildomains/fresh/status?fieldManager=mail-domain-operator-ledger&force=true HTTP/1.1"))
                .contains(new WriteSpot.Seen("mail", "ledger of maildomains/fresh"));
        assertThat(WriteSpot.seen("PATCH " + BASE
                        + "catchallrules/fresh/status?fieldManager=mail-domain-operator&force=true HTTP/1.1"))
                .contains(new WriteSpot.Seen("mail", "status of catchallrules/fresh"));
        assertThat(WriteSpot.seen("PATCH " + BASE + "maildomains/fresh HTTP/1.1"))
                .contains(new WriteSpot.Seen("mail", "finalizers of maildomains/fresh"));
    }

    @Test
    void readsAndOtherThingsAreNone() {
        assertThat(WriteSpot.seen("GET " + BASE + "maildomains/fresh HTTP/1.1")).isEmpty();
        assertThat(WriteSpot.seen("POST /api/v1/namespaces/mail/events HTTP/1.1"))
                .isEmpty();
    }

    @Test
    void thoseOfOneKindAreCounted() {
        assertThat(WriteSpot.of(List.of("a", "b", "a")))
                .containsExactly(new WriteSpot("a", 1), new WriteSpot("b", 1), new WriteSpot("a", 2));
    }
}
