package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.operator.access.Grants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** MailDomains and Mailboxes as they could be, drawn from few names so that things meet often. */
final class MailboxArbitraries {

    private static final List<String> NAMESPACES = List.of("mail", "team-a", "team-b", "team-c", "not-known");
    private static final List<String> ADDRESSES = List.of(
            "a@in.example.com",
            "b@in.example.com",
            "a+x@in.example.com",
            "a@example.com",
            "a@new.example.com",
            "a@other.example");
    private static final List<Action> ACTIONS = List.of(
            Action.handingTo("mailbox-a"),
            Action.handingTo("other"),
            Action.forwarding("team@corp.example"),
            Action.forwarding("b@in.example.com"),
            Action.dropping());

    private MailboxArbitraries() {}

    /** A MailDomain and the account that it works with. */
    record Owner(MailDomainSpec spec, Grants grants) {}

    static Arbitrary<Owner> owners() {
        Arbitrary<List<MailRule>> rules = Arbitraries.of(ADDRESSES.subList(0, 5))
                .set()
                .ofMaxSize(2)
                .map(addresses -> addresses.stream()
                        .map(address -> MailRule.of(address, Action.dropping()))
                        .toList());
        Arbitrary<MailDomainSpec> specs = Combinators.combine(
                        rules,
                        Arbitraries.of(true, false).injectNull(0.5),
                        grants().list().ofMaxSize(4))
                .as(Mailboxes::domain);
        Arbitrary<Grants> accounts = Combinators.combine(
                        Arbitraries.of("*", "mailbox-*").list().ofMaxSize(1),
                        Arbitraries.of("*", "*@corp.example").list().ofMaxSize(1))
                .as((workers, forwardTo) -> Grants.of(List.of(new AccessGrant(
                        NamespaceSelector.everything(), List.of("example.com"), false, workers, forwardTo, null))));
        return Combinators.combine(specs, Arbitraries.oneOf(accounts, Arbitraries.just(Grants.everything())))
                .as(Owner::new);
    }

    private static Arbitrary<MailboxGrant> grants() {
        Arbitrary<NamespaceSelector> selectors = Arbitraries.oneOf(
                Arbitraries.just(NamespaceSelector.everything()),
                Arbitraries.of("team-a", "team-b", "mail").map(Mailboxes::team));
        return Combinators.combine(
                        selectors,
                        Arbitraries.of("*", "*@in.example.com", "a@in.example.com", "a*@example.com", "*@*.example.com")
                                .set()
                                .ofMinSize(1)
                                .ofMaxSize(2)
                                .map(List::copyOf),
                        Arbitraries.of("*", "mailbox-*").list().ofMaxSize(1),
                        Arbitraries.of("*", "*@corp.example").list().ofMaxSize(1),
                        Arbitraries.integers().between(1, 2).injectNull(0.5))
                .as(MailboxGrant::new);
    }

    static Arbitrary<List<Mailbox>> mailboxes() {
        Arbitrary<MailboxSpec> specs = Combinators.combine(
                        Arbitraries.of(ADDRESSES),
                        Arbitraries.of(ACTIONS),
                        Arbitraries.of(true, false),
                        Arbitraries.of("30m", "1h", "3h").injectNull(0.5))
                .as((address, action, enabled, ttl) -> new MailboxSpec(
                        new MailboxDomainRef("example-com", "mail"), address, action, enabled, ttl, null, null));
        return Combinators.combine(
                        Arbitraries.of(NAMESPACES), Arbitraries.integers().between(0, 3), specs)
                .as((namespace, age, spec) -> Mailboxes.mailbox(namespace, "x", age, spec))
                .list()
                .ofMaxSize(9)
                .map(MailboxArbitraries::named);
    }

    /** Each by a name of its own, which no other word contains. */
    private static List<Mailbox> named(List<Mailbox> mailboxes) {
        return IntStream.range(0, mailboxes.size())
                .mapToObj(i -> {
                    Mailbox mailbox = mailboxes.get(i);
                    Instant created = Instant.parse(mailbox.getMetadata().getCreationTimestamp());
                    int age = (int) Duration.between(Mailboxes.START, created).toMinutes();
                    return Mailboxes.mailbox(
                            mailbox.getMetadata().getNamespace(), "named-" + i, age, mailbox.getSpec());
                })
                .toList();
    }

    static Arbitrary<Instant> times() {
        return Arbitraries.integers().between(0, 240).map(minutes -> Mailboxes.START.plus(Duration.ofMinutes(minutes)));
    }
}
