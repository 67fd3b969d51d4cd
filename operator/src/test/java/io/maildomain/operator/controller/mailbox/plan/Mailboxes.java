package io.maildomain.operator.controller.mailbox.plan;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.operator.access.Grants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Mailboxes, and the MailDomain {@code mail/example-com} that they attach to, for tests. */
public final class Mailboxes {

    /** When the first of them is created. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static final String DOMAIN = "example.com";
    static final int MOST_RULES = 200;
    static final Action WORKER = Action.handingTo("mailbox-worker");

    /** That of {@code kubernetes.io/metadata.name}, and a team of the same name. */
    static final Map<String, Map<String, String>> LABELS = Map.of(
            "mail", labels("mail"), "team-a", labels("team-a"), "team-b", labels("team-b"), "team-c", labels("team-c"));

    private Mailboxes() {}

    private static Map<String, String> labels(String name) {
        return Map.of("kubernetes.io/metadata.name", name, "team", name);
    }

    /** @param age how many minutes later than others it was created */
    static Mailbox mailbox(String namespace, String name, int age, MailboxSpec spec) {
        ObjectMeta meta = new ObjectMeta();
        meta.setNamespace(namespace);
        meta.setName(name);
        meta.setUid(namespace + "-" + name + "-uid");
        meta.setGeneration(1L);
        meta.setCreationTimestamp(START.plusSeconds(60L * age).toString());
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(meta);
        mailbox.setSpec(spec);
        return mailbox;
    }

    static Mailbox mailbox(String namespace, String name, int age, String address, Action action) {
        return mailbox(namespace, name, age, spec(address, action, null));
    }

    static MailboxSpec spec(String address, Action action, String ttl) {
        return new MailboxSpec(new MailboxDomainRef("example-com", "mail"), address, action, null, ttl, null, null);
    }

    static NamespaceSelector team(String team) {
        return new NamespaceSelector(Map.of("team", team), null);
    }

    /** An entry for one team: these addresses, any Worker that is called {@code mailbox-…}, destinations at corp.example. */
    static MailboxGrant letting(String team, String... addresses) {
        return new MailboxGrant(team(team), List.of(addresses), List.of("mailbox-*"), List.of("*@corp.example"), null);
    }

    static MailDomainSpec domain(List<MailRule> rules, Boolean subaddressing, List<MailboxGrant> grants) {
        return new MailDomainSpec(
                DOMAIN, null, null, null, List.of("in"), subaddressing, rules, grants, null, null, null, null, null);
    }

    static MailDomainSpec domain(MailboxGrant... grants) {
        return domain(List.of(), null, List.of(grants));
    }

    static MailboxRequests requests(MailDomainSpec spec, Grants grants, List<Mailbox> mailboxes, Instant now) {
        return new MailboxRequests("mail", "example-com", spec, grants, mailboxes, LABELS, Map.of(), MOST_RULES, now);
    }

    /** Of an account that grants everything, an hour after the start. */
    static MailboxPlan plan(MailDomainSpec spec, Mailbox... mailboxes) {
        return MailboxPlanner.plan(requests(spec, Grants.everything(), List.of(mailboxes), START.plusSeconds(3600)));
    }

    /** How those stand that do not attach, in the order of their age. */
    static List<MailboxState> states(MailboxPlan plan) {
        return turnedAway(plan).map(Standing::state).toList();
    }

    /** What they are told. */
    static List<String> sentences(MailboxPlan plan) {
        return turnedAway(plan).map(Standing::message).toList();
    }

    private static Stream<Standing> turnedAway(MailboxPlan plan) {
        return plan.verdicts().stream()
                .filter(verdict -> verdict instanceof Verdict.TurnedAway)
                .map(verdict -> ((Verdict.TurnedAway) verdict).standing());
    }
}
