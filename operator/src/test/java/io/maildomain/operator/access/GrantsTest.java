package io.maildomain.operator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {

    private static final MailAction FORWARD = new MailAction.Forward("team@corp.example");
    private static final MailAction WORKER = new MailAction.Worker("mailbox-1");
    private static final MailAction DROP = new MailAction.Drop();

    private static AccessGrant entry(
            String domain, boolean create, List<String> workers, List<String> to, Integer max) {
        return new AccessGrant(NamespaceSelector.everything(), List.of(domain), create, workers, to, max);
    }

    private static AccessGrant entry(String domain) {
        return entry(domain, false, List.of(), List.of(), null);
    }

    @Test
    void noEntryGrantsNothing() {
        Grants none = Grants.of(List.of());

        assertThat(none.domain("example.com")).isFalse();
        assertThat(none.createZone("example.com")).isFalse();
        assertThat(none.exactDomain("example.com")).isFalse();
        assertThat(none.action("example.com", FORWARD)).isFalse();
    }

    @Test
    void theOperatorsOwnNamespaceMayDoEverything() {
        Grants all = Grants.everything();

        assertThat(all.domain("example.com")).isTrue();
        assertThat(all.createZone("example.com")).isTrue();
        assertThat(all.exactDomain("example.com")).isTrue();
        assertThat(all.action("example.com", WORKER)).isTrue();
        assertThat(all.maxDomains("example.com")).isEmpty();
    }

    @Test
    void whatAnEntryLeavesOutIsNotGranted() {
        Grants grants = Grants.of(List.of(entry("example.com")));

        assertThat(grants.domain("example.com")).isTrue();
        assertThat(grants.createZone("example.com")).isFalse();
        assertThat(grants.action("example.com", FORWARD)).isFalse();
        assertThat(grants.action("example.com", WORKER)).isFalse();
    }

    /** Of whichever domain: an address is of the account. */
    @Test
    void anAddressMayBeCreatedThatSomeEntryLetsMailBeForwardedTo() {
        Grants grants = Grants.of(List.of(
                entry("example.com", false, List.of("*"), List.of(), null),
                entry("example.org", false, List.of(), List.of("*@corp.example", "boss@xn--bcher-kva.example"), null)));

        assertThat(grants.destination("team@corp.example")).isTrue();
        assertThat(grants.destination("boss@bücher.example")).isTrue();
        assertThat(grants.destination("team@other.example")).isFalse();
        assertThat(grants.destination("team@sub.corp.example")).isFalse();
        assertThat(Grants.of(List.of()).destination("team@corp.example")).isFalse();
        assertThat(Grants.everything().destination("anyone@anywhere.example")).isTrue();
    }

    @Test
    void droppingMailIsAlwaysAllowed() {
        assertThat(Grants.of(List.of(entry("example.com"))).action("example.com", DROP))
                .isTrue();
    }

    @Test
    void aGrantForOneDomainSaysNothingAboutAnother() {
        Grants grants =
                Grants.of(List.of(entry("example.com", true, List.of("*"), List.of("*"), null), entry("example.org")));

        assertThat(grants.action("example.com", FORWARD)).isTrue();
        assertThat(grants.action("example.org", FORWARD)).isFalse();
        assertThat(grants.createZone("example.org")).isFalse();
    }

    @Test
    void aPatternForWorkersIsNoPatternForDestinations() {
        Grants grants = Grants.of(List.of(entry("example.com", false, List.of("*"), List.of(), null)));

        assertThat(grants.action("example.com", WORKER)).isTrue();
        assertThat(grants.action("example.com", FORWARD)).isFalse();
    }

    @Test
    void onlyAnEntryWithoutStarsNamesADomainExactly() {
        assertThat(Grants.of(List.of(entry("*"))).exactDomain("example.com")).isFalse();
        assertThat(Grants.of(List.of(entry("*.com"))).exactDomain("example.com"))
                .isFalse();
        assertThat(Grants.of(List.of(entry("example.com"))).exactDomain("in.example.com"))
                .isFalse();
        assertThat(Grants.of(List.of(entry("Example.com"))).exactDomain("example.com"))
                .isTrue();
    }

    @Test
    void theLargestLimitHoldsAndAnEntryWithoutOneLiftsIt() {
        AccessGrant two = entry("example.com", false, List.of(), List.of(), 2);
        AccessGrant five = entry("*", false, List.of(), List.of(), 5);

        assertThat(Grants.of(List.of(two, five)).maxDomains("example.com")).hasValue(5);
        assertThat(Grants.of(List.of(two, five)).maxDomains("example.org")).hasValue(5);
        assertThat(Grants.of(List.of(two, entry("*.com"))).maxDomains("example.com"))
                .isEmpty();
    }

    @Test
    void whatIsGrantedIsToldInAFewWords() {
        Grants grants = Grants.of(List.of(
                entry("example.com", true, List.of("mailbox-*"), List.of("a@x.example", "b@x.example"), 20),
                entry("*.com", false, List.of("mailbox-*"), List.of("c@x.example", "d@x.example"), 5),
                entry("other.example", false, List.of("secret"), List.of(), null)));

        assertThat(grants.describe("example.com"))
                .isEqualTo(
                        "zones may be created, Workers: mailbox-*, destinations: a@x.example b@x.example c@x.example +1,"
                                + " at most 20 MailDomains");
        assertThat(grants.describe("other.example"))
                .isEqualTo("zones may not be created, Workers: secret, destinations: none");
        assertThat(grants.describeDomains()).isEqualTo("example.com *.com other.example");
        assertThat(Grants.of(List.of()).describeDomains()).isEqualTo("none");
        assertThat(Grants.everything().describe("example.com")).isEmpty();
    }
}
