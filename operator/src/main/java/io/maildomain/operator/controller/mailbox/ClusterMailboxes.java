package io.maildomain.operator.controller.mailbox;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.controller.mailbox.plan.MailboxAge;
import io.maildomain.operator.controller.mailbox.plan.MailboxPlan;
import io.maildomain.operator.controller.mailbox.plan.MailboxPlanner;
import io.maildomain.operator.controller.mailbox.plan.MailboxRequests;
import io.maildomain.operator.controller.mailbox.plan.Standing;
import io.maildomain.operator.controller.mailbox.plan.Verdict;
import io.maildomain.operator.controller.mailbox.plan.Verdict.Attached;
import io.maildomain.operator.controller.mailbox.plan.Verdict.TurnedAway;
import io.maildomain.operator.controller.maildomain.plan.MailboxRules.Owner;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Mailboxes as the cluster has them: planned for their MailDomain, told what came of it, and reconciled where that is news. */
public final class ClusterMailboxes implements DomainMailboxes {

    private final ResourceCache cluster;
    private final Clock clock;
    private final MailboxNews news;
    private final Standings standings;
    private final LostLabels lost = new LostLabels();
    private final Consumer<HasMetadata> trigger;
    private final AtomicLong lastOrder = new AtomicLong();

    /** What the last plan of a MailDomain began with and came to, by its UID. */
    private final Map<String, Planned> planned = new ConcurrentHashMap<>();

    /**
     * @param generation of the MailDomain's spec
     * @param rules with whose they are: a rule's name says that
     * @param keeping whose rules stay though they ask for none
     * @param others so many rules of the zone were others'
     */
    private record Planned(
            long generation, Grants grants, List<Attributed> rules, Set<Owner> keeping, int others, Found found) {}

    private record Attributed(Owner owner, MailRule rule) {}

    /** @param trigger reconciles a MailDomain or a Mailbox */
    ClusterMailboxes(
            ResourceCache cluster, Clock clock, MailboxNews news, Standings standings, Consumer<HasMetadata> trigger) {
        this.cluster = cluster;
        this.clock = clock;
        this.news = news;
        this.standings = standings;
        this.trigger = trigger;
    }

    @Override
    public boolean haveNews(MailDomain live) {
        return news.stamp(live) > 0;
    }

    @Override
    public int rules(MailDomain live) {
        return Optional.ofNullable(planned.get(live.getMetadata().getUid()))
                .map(last -> last.rules().size())
                .orElse(0);
    }

    /** Something of its Mailboxes has changed that needs a look. */
    void looks(MailDomain domain) {
        news.heard(domain);
        trigger.accept(domain);
    }

    /**
     * What changes no rule of the last plan is told at once: a Mailbox that is turned away, or gets more time, costs no call.
     *
     * @param domain as the watch shows it
     * @return whether it was; false: the MailDomain has to look
     */
    boolean isToldWithoutALook(MailDomain domain) {
        Planned last = planned.get(domain.getMetadata().getUid());
        // While there are news the next plan is under way, and what the last one came to says nothing of it.
        if (last == null || last.generation() != domain.getMetadata().getGeneration() || news.stamp(domain) > 0) {
            return false;
        }
        MailboxLook look = look(domain, last.grants());
        boolean same = rules(look).equals(last.rules())
                && Owner.of(look.plan().keeping()).equals(last.keeping());
        if (same) {
            // Another Mailbox may have the rule now: what came of it is the same.
            tell(look, last.found());
        }
        return same;
    }

    private static List<Attributed> rules(MailboxLook look) {
        return look.plan()
                .attached()
                .map(attached -> new Attributed(Owner.of(attached.mailbox()), attached.rule()))
                .toList();
    }

    @Override
    public MailboxLook look(MailDomain live, Grants grants) {
        // Before the Mailboxes are read: what comes after that is news of its own.
        long stamp = news.stamp(live);
        int others = Optional.ofNullable(planned.get(live.getMetadata().getUid()))
                .map(Planned::others)
                .orElse(0);
        return look(live, grants, stamp, others);
    }

    @Override
    public MailboxLook lookAgain(MailDomain live, Grants grants, MailboxLook before, int others) {
        return others == before.others() ? before : look(live, grants, before.stamp(), others);
    }

    private MailboxLook look(MailDomain live, Grants grants, long stamp, int others) {
        long order = lastOrder.incrementAndGet();
        List<Mailbox> naming = cluster.mailboxesOf(MailDomainName.of(live));
        if (naming.isEmpty()) {
            return new MailboxLook(MailboxPlan.NONE, stamp > 0, stamp, order, others, Map.of());
        }
        Map<String, Map<String, String>> labels = labels(naming);
        MailboxPlan plan = MailboxPlanner.plan(new MailboxRequests(
                live.getMetadata().getNamespace(),
                live.getMetadata().getName(),
                live.getSpec(),
                grants,
                naming,
                labels,
                lost.of(live, labels, clock.instant()),
                Planner.RULE_CAP - others,
                clock.instant()));
        return new MailboxLook(plan, stamp > 0, stamp, order, others, notTaken(plan));
    }

    /** Those MailDomains for which the time has ended that a namespace had after it lost a label. */
    Stream<MailDomain> losing() {
        return lost.ended(clock.instant()).stream()
                .flatMap(name -> cluster.mailDomain(name.namespace(), name.name()).stream());
    }

    /** The MailDomain is gone. */
    void forget(String uid) {
        planned.remove(uid);
        lost.forget(uid);
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(planned.keySet());
        all.addAll(lost.uids());
        return all;
    }

    /** Of the namespaces whose labels are known. */
    private Map<String, Map<String, String>> labels(List<Mailbox> mailboxes) {
        return mailboxes.stream()
                .map(mailbox -> mailbox.getMetadata().getNamespace())
                .distinct()
                .collect(Collectors.toMap(Function.identity(), cluster::labelsOf));
    }

    private Map<String, Instant> notTaken(MailboxPlan plan) {
        Map<String, Instant> since = new HashMap<>();
        plan.attached().forEach(attached -> standings
                .of(attached.mailbox())
                .flatMap(outcome -> Optional.ofNullable(outcome.notTakenSince()))
                .ifPresent(time -> since.put(attached.rule().address(), time)));
        return since;
    }

    @Override
    public void told(MailDomain live, MailboxLook look, Grants grants, Found found) {
        tell(look, found);
        Planned now = new Planned(
                live.getMetadata().getGeneration(),
                grants,
                rules(look),
                Owner.of(look.plan().keeping()),
                look.others(),
                found);
        planned.compute(
                live.getMetadata().getUid(),
                (uid, before) -> look.plan().verdicts().isEmpty() ? null : now);
        news.read(live, look.stamp());
    }

    private void tell(MailboxLook look, Found found) {
        for (Verdict verdict : look.plan().verdicts()) {
            Optional<Outcome> outcome = verdict instanceof TurnedAway away
                    ? Optional.of(new Outcome(standing(away, found), null))
                    : Optional.ofNullable(
                            found.byAddress().get(((Attached) verdict).rule().address()));
            outcome.filter(news -> standings.tell(verdict, news, look.order()))
                    .ifPresent(news -> trigger.accept(verdict.mailbox()));
        }
    }

    /** That its rule is gone is said once it is. */
    private static Standing standing(TurnedAway away, Found found) {
        Mailbox mailbox = away.mailbox();
        Owner owner = Owner.of(mailbox);
        return away.standing().state() == MailboxState.Expired
                        && found.standing().contains(owner)
                ? Standing.stillThere(MailboxAge.expiry(mailbox).orElseThrow())
                : away.standing();
    }
}
