package io.maildomain.operator.controller.mailbox.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.operator.controller.mailbox.plan.MailboxArbitraries.Owner;
import io.maildomain.operator.ownership.MailAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every MailDomain and all Mailboxes, whatever they ask for. */
class MailboxPlannerProperties {

    /** A zone that is nearly full, so that room runs out. */
    private static final int ROOM = 5;

    @Property(tries = 2000)
    void noMailboxEverGetsWhatWasNotGranted(
            @ForAll("owners") Owner owner, @ForAll("mailboxes") List<Mailbox> mailboxes, @ForAll("times") Instant now) {
        MailboxPlan plan = plan(owner, mailboxes, now);

        plan.attached().forEach(attached -> {
            Mailbox mailbox = attached.mailbox();
            MailRule rule = attached.rule();
            assertThat(rule.address()).isEqualTo(mailbox.getSpec().address());
            assertThat(rule.action()).isEqualTo(mailbox.getSpec().action());
            assertThat(owner.spec().mailboxes())
                    .as("one entry allows all of %s", mailbox.getSpec())
                    .anyMatch(entry -> allows(entry, mailbox));
            assertThat(rule.address()).matches(".*[@.]example[.]com");
            assertThat(rule.action().wantedForwardTo().orElse("")).doesNotEndWith("example.com");
            assertThat(MailboxAge.isOver(mailbox, now)).isFalse();
        });
    }

    @Property(tries = 1000)
    void noRuleOfTheSpecAndNoHostIsTouchedAndThereIsOneRuleForAnAddress(
            @ForAll("owners") Owner owner, @ForAll("mailboxes") List<Mailbox> mailboxes, @ForAll("times") Instant now) {
        List<MailRule> rules = plan(owner, mailboxes, now).rules();

        assertThat(rules).extracting(MailRule::address).doesNotHaveDuplicates();
        assertThat(rules).extracting(MailRule::address).noneMatch(address -> owner.spec().rules().stream()
                .anyMatch(rule -> rule.address().equals(address)));
        assertThat(rules).extracting(MailRule::host).isSubsetOf(hosts(owner.spec()));
        long granted = rules.stream()
                .filter(rule -> owner.grants().action("example.com", MailAction.of(rule.action())))
                .count();
        assertThat(granted + owner.spec().rules().size())
                .isLessThanOrEqualTo(Math.max(ROOM, owner.spec().rules().size()));
    }

    @Property(tries = 2000)
    void noEntryLetsANamespaceHaveMoreThanItSays(
            @ForAll("owners") Owner owner, @ForAll("mailboxes") List<Mailbox> mailboxes, @ForAll("times") Instant now) {
        MailboxPlan plan = plan(owner, mailboxes, now);

        for (MailboxGrant entry : owner.spec().mailboxes()) {
            Map<String, Long> onlyByIt = plan.attached()
                    .map(Verdict.Attached::mailbox)
                    .filter(mailbox -> owner.spec().mailboxes().stream()
                            .filter(other -> allows(other, mailbox))
                            .toList()
                            .equals(List.of(entry)))
                    .collect(Collectors.groupingBy(
                            mailbox -> mailbox.getMetadata().getNamespace(), Collectors.counting()));
            entry.wantedMax().ifPresent(most -> assertThat(onlyByIt.values()).allMatch(count -> count <= most));
        }
    }

    @Property(tries = 1000)
    void noNamespaceHasMoreThanItsEntriesLetItHave(
            @ForAll("owners") Owner owner, @ForAll("mailboxes") List<Mailbox> mailboxes, @ForAll("times") Instant now) {
        Map<String, Long> attached = plan(owner, mailboxes, now)
                .attached()
                .collect(Collectors.groupingBy(it -> it.mailbox().getMetadata().getNamespace(), Collectors.counting()));

        attached.forEach((namespace, count) -> {
            List<MailboxGrant> entries = owner.spec().mailboxes().stream()
                    .filter(entry -> selects(entry, namespace))
                    .toList();
            if (entries.stream().allMatch(entry -> entry.max() != null)) {
                assertThat(count)
                        .isLessThanOrEqualTo(
                                entries.stream().mapToInt(MailboxGrant::max).sum());
            }
        });
    }

    @Property(tries = 1000)
    void theOrderInWhichTheyAreSeenDoesNotMatter(
            @ForAll("owners") Owner owner,
            @ForAll("mailboxes") List<Mailbox> mailboxes,
            @ForAll("times") Instant now,
            @ForAll Random random) {
        List<Mailbox> shuffled = new ArrayList<>(mailboxes);
        Collections.shuffle(shuffled, random);

        assertThat(plan(owner, shuffled, now)).isEqualTo(plan(owner, mailboxes, now));
    }

    @Property(tries = 2000)
    void aYoungerMailboxChangesNothingForOlderOnes(
            @ForAll("owners") Owner owner, @ForAll("mailboxes") List<Mailbox> mailboxes, @ForAll("times") Instant now) {
        List<Mailbox> byAge = mailboxes.stream().sorted(MailboxAge.ORDER).toList();
        MailboxPlan all = plan(owner, byAge, now);

        for (int older = 0; older < byAge.size(); older++) {
            MailboxPlan before = plan(owner, byAge.subList(0, older), now);
            assertThat(all.verdicts().subList(0, older)).isEqualTo(before.verdicts());
        }
    }

    /** Action, time to live and whether it is enabled are all that a user can change of a Mailbox. */
    @Property(tries = 2000)
    void noAddressChangesHandsByAnEditOrByTime(
            @ForAll("owners") Owner owner,
            @ForAll("mailboxes") List<Mailbox> mailboxes,
            @ForAll("mailboxes") List<Mailbox> edits,
            @ForAll("times") Instant now,
            @ForAll("times") Instant later) {
        List<Mailbox> edited = IntStream.range(0, mailboxes.size())
                .mapToObj(i -> i < edits.size() ? edited(mailboxes.get(i), edits.get(i)) : mailboxes.get(i))
                .toList();
        Map<String, String> before = holders(plan(owner, mailboxes, now));
        Map<String, String> after = holders(plan(owner, edited, later));

        before.keySet().retainAll(after.keySet());
        after.keySet().retainAll(before.keySet());
        assertThat(after).isEqualTo(before);
    }

    @Property(tries = 1000)
    void eachIsToldWhatBecameOfIt(
            @ForAll("owners") Owner owner, @ForAll("mailboxes") List<Mailbox> mailboxes, @ForAll("times") Instant now) {
        MailboxPlan plan = plan(owner, mailboxes, now);

        assertThat(plan.verdicts()).extracting(Verdict::mailbox).containsExactlyInAnyOrderElementsOf(mailboxes);
        assertThat(plan.verdicts())
                .filteredOn(verdict -> verdict instanceof Verdict.TurnedAway)
                .allSatisfy(verdict -> assertThat(
                                ((Verdict.TurnedAway) verdict).standing().message())
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(512));
    }

    /** What another namespace calls its Mailbox, and where its mail goes, is in no sentence. */
    @Property(tries = 1000)
    void noneIsToldOfOtherNamespaces(
            @ForAll("owners") Owner owner, @ForAll("mailboxes") List<Mailbox> mailboxes, @ForAll("times") Instant now) {
        plan(owner, mailboxes, now).verdicts().stream()
                .filter(verdict -> verdict instanceof Verdict.TurnedAway)
                .forEach(verdict -> {
                    String namespace = verdict.mailbox().getMetadata().getNamespace();
                    String said = ((Verdict.TurnedAway) verdict).standing().message();
                    Set<String> others = mailboxes.stream()
                            .filter(other -> !other.getMetadata().getNamespace().equals(namespace))
                            .map(other -> other.getMetadata().getName())
                            .collect(Collectors.toSet());
                    assertThat(others).noneMatch(said::contains);
                });
    }

    private static MailboxPlan plan(Owner owner, List<Mailbox> mailboxes, Instant now) {
        return MailboxPlanner.plan(new MailboxRequests(
                "mail", "example-com", owner.spec(), owner.grants(), mailboxes, Mailboxes.LABELS, Map.of(), ROOM, now));
    }

    private static Map<String, String> holders(MailboxPlan plan) {
        return plan.attached().collect(Collectors.toMap(it -> it.rule().address(), it -> it.mailbox()
                .getMetadata()
                .getUid()));
    }

    private static Mailbox edited(Mailbox mailbox, Mailbox like) {
        MailboxSpec is = mailbox.getSpec();
        MailboxSpec to = like.getSpec();
        Mailbox edited = new Mailbox();
        edited.setMetadata(mailbox.getMetadata());
        edited.setSpec(new MailboxSpec(
                is.domainRef(), is.address(), to.action(), to.enabled(), to.ttl(), null, is.afterExpiry()));
        return edited;
    }

    // What is granted, told anew: not by the code that is tested.

    private static boolean allows(MailboxGrant entry, Mailbox mailbox) {
        Action action = mailbox.getSpec().action();
        return selects(entry, mailbox.getMetadata().getNamespace())
                && matches(entry.addresses(), mailbox.getSpec().address())
                && (action.drops()
                        || action.wantedWorker()
                                .filter(worker -> matches(entry.workers(), worker))
                                .isPresent()
                        || action.wantedForwardTo()
                                .filter(to -> matches(entry.forwardTo(), to))
                                .isPresent());
    }

    private static boolean selects(MailboxGrant entry, String namespace) {
        return Mailboxes.LABELS.containsKey(namespace) && entry.namespaces().matches(Mailboxes.LABELS.get(namespace));
    }

    private static boolean matches(List<String> patterns, String text) {
        return patterns.stream()
                .map(pattern ->
                        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .anyMatch(text::matches);
    }

    private static Set<String> hosts(MailDomainSpec spec) {
        Set<String> hosts = new HashSet<>(Set.of("example.com", "in.example.com"));
        spec.rules().forEach(rule -> hosts.add(rule.host()));
        return hosts;
    }

    @Provide
    Arbitrary<Owner> owners() {
        return MailboxArbitraries.owners();
    }

    @Provide
    Arbitrary<List<Mailbox>> mailboxes() {
        return MailboxArbitraries.mailboxes();
    }

    @Provide
    Arbitrary<Instant> times() {
        return MailboxArbitraries.times();
    }
}
