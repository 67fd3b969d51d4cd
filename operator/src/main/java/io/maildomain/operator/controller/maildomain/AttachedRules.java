package io.maildomain.operator.controller.maildomain;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.mailbox.DomainMailboxes;
import io.maildomain.operator.controller.mailbox.DomainMailboxes.Found;
import io.maildomain.operator.controller.mailbox.DomainMailboxes.Outcome;
import io.maildomain.operator.controller.mailbox.MailboxLook;
import io.maildomain.operator.controller.mailbox.plan.Standing;
import io.maildomain.operator.controller.mailbox.plan.Verdict;
import io.maildomain.operator.controller.maildomain.Outcomes.Requeued;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.controller.maildomain.plan.MailboxRules;
import io.maildomain.operator.controller.maildomain.plan.MailboxRules.Owner;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.RuleOutcome;
import io.maildomain.operator.status.Requeue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules that a MailDomain has from Mailboxes, in one reconcile. What becomes of them is said by the Mailboxes and not by the
 * MailDomain: others are to blame for it than its owner. It only looks again as soon as they are worth it.
 *
 * <p>What users ask for by a Mailbox is told from what another user or tool changed at Cloudflare by what is written down: by the
 * Mailbox's own status, and by the names of the rules. So it is the same after a restart, and however often it failed.
 */
final class AttachedRules {

    /** Of a Mailbox whose rule was in line. */
    private static final Set<MailboxState> HAVE_IT =
            Set.of(MailboxState.Active, MailboxState.Disabled, MailboxState.Drifted);

    private final DomainMailboxes mailboxes;
    private final MailDomain live;
    private final MailboxLook look;
    private final Grants grants;
    private final Map<String, Verdict.Attached> byAddress;

    /** @param grants what the account grants the MailDomain's namespace */
    AttachedRules(DomainMailboxes mailboxes, MailDomain live, Grants grants) {
        this(mailboxes, live, grants, mailboxes.look(live, grants));
    }

    private AttachedRules(DomainMailboxes mailboxes, MailDomain live, Grants grants, MailboxLook look) {
        this.mailboxes = mailboxes;
        this.live = live;
        this.grants = grants;
        this.look = look;
        this.byAddress = look.plan()
                .attached()
                .collect(Collectors.toMap(attached -> attached.rule().address(), Function.identity()));
    }

    /** The same where it turns out how many rules of the zone others have: so many less are there for Mailboxes. */
    AttachedRules beside(int others) {
        MailboxLook again = mailboxes.lookAgain(live, grants, look, others);
        return again == look ? this : new AttachedRules(mailboxes, live, grants, again);
    }

    /** @param room so many rules of Mailboxes that are gone may go with them */
    MailboxRules known(int room) {
        return new MailboxRules(
                look.plan()
                        .attached()
                        .map(attached -> new MailboxRules.Attached(namespaceOf(attached), attached.rule()))
                        .toList(),
                look.plan().verdicts().stream()
                        .map(verdict -> Owner.of(verdict.mailbox()))
                        .collect(Collectors.toSet()),
                Owner.of(look.plan().keeping()),
                room,
                Map.of());
    }

    /** The same as was known before, of these Mailboxes. */
    MailboxRules known(MailboxRules before) {
        MailboxRules now = known(before.room());
        return new MailboxRules(now.attached(), now.there(), now.keeping(), now.room(), before.kept());
    }

    private static String namespaceOf(Verdict verdict) {
        return verdict.mailbox().getMetadata().getNamespace();
    }

    /** Since when Cloudflare holds rules otherwise than they were written and confirmed. */
    Map<String, Instant> notTaken() {
        return look.notTaken();
    }

    /** Whether users have just changed something. */
    boolean areNews() {
        return look.news();
    }

    /**
     * Whether users ask for it by a Mailbox: it writes a rule that the Mailbox does not say it has, or deletes one that a
     * Mailbox asked for. Anything else brings back what another user or tool has changed at Cloudflare.
     */
    boolean askFor(Change change, ObservedState observed) {
        Verdict.Attached attached = change instanceof Change.RuleWrite ? byAddress.get(change.subject()) : null;
        return attached == null ? !ownersOf(change, observed).isEmpty() : !saysThatItHasIt(attached);
    }

    private static boolean saysThatItHasIt(Verdict.Attached attached) {
        ObjectMeta metadata = attached.mailbox().getMetadata();
        return Optional.ofNullable(attached.mailbox().getStatus())
                .filter(status -> status.isOf(metadata.getUid(), metadata.getGeneration()))
                .filter(status -> status.state() != null && HAVE_IT.contains(status.state()))
                .isPresent();
    }

    /** Whose rule a change deletes; none where it is no Mailbox's. */
    static Set<Owner> ownersOf(Change change, ObservedState observed) {
        return change instanceof Change.DeleteRule delete
                ? observed.rules().stream()
                        .filter(rule -> rule.id().equals(delete.id()))
                        .flatMap(rule -> MailboxRules.ownersOf(new LiveRule(rule)).stream())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** Whether a Mailbox asks for the rule of the address. */
    boolean have(String address) {
        return byAddress.containsKey(address);
    }

    /** Whether a change is about a rule of a Mailbox that is there, which says itself what became of it. */
    boolean tellOf(Change change) {
        return change instanceof Change.RuleWrite && byAddress.containsKey(change.subject());
    }

    /** What the MailDomain itself has to say. */
    List<Requeued<RuleOutcome>> without(List<Requeued<RuleOutcome>> all) {
        return byAddress.isEmpty()
                ? all
                : all.stream()
                        .filter(rule -> !byAddress.containsKey(rule.verdict().address()))
                        .toList();
    }

    /**
     * Tells the Mailboxes.
     *
     * @param standing whose rules stand though nothing asks for them any more
     * @return the same result, which comes again as soon as one of them is worth it
     */
    ReconcileResult<MailDomainStatus> tell(
            ReconcileResult<MailDomainStatus> result, List<Requeued<RuleOutcome>> all, Set<Owner> standing) {
        Map<String, Outcome> outcomes = new HashMap<>();
        Requeue requeue = result.requeue();
        boolean onlyReports = live.getSpec().drift() == DriftPolicy.Report;
        for (Requeued<RuleOutcome> each : all) {
            RuleOutcome found = each.verdict();
            Verdict.Attached attached = byAddress.get(found.address());
            if (attached != null) {
                boolean drifted = onlyReports && found.state() == RuleState.Pending && saysThatItHasIt(attached);
                Standing now = drifted ? Standing.drifted() : Standing.of(attached.rule(), found.state());
                outcomes.put(found.address(), new Outcome(now, found.notTakenSince()));
                requeue = requeue.sooner(each.requeue());
            }
        }
        mailboxes.told(live, look, grants, new Found(outcomes, standing));
        return new ReconcileResult<>(result.status(), requeue, result.cause(), result.notBefore());
    }
}
