package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.access.MailboxGrants;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.mailbox.DomainMailboxes;
import io.maildomain.operator.controller.mailbox.DomainMailboxes.Outcome;
import io.maildomain.operator.controller.mailbox.MailboxLook;
import io.maildomain.operator.controller.mailbox.plan.Standing;
import io.maildomain.operator.controller.maildomain.Outcomes.Requeued;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.RuleOutcome;
import io.maildomain.operator.status.Requeue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules that a MailDomain has from Mailboxes, in one reconcile. What becomes of them is said by the Mailboxes and not by the
 * MailDomain: others are to blame for it than its owner. It only looks again as soon as they are worth it.
 */
final class AttachedRules {

    private final DomainMailboxes mailboxes;
    private final MailDomain live;
    private final MailboxLook look;
    private final Grants grants;
    private final Map<String, MailRule> byAddress;

    /** @param grants what the account grants the MailDomain's namespace */
    AttachedRules(DomainMailboxes mailboxes, MailDomain live, Grants grants) {
        this.mailboxes = mailboxes;
        this.live = live;
        this.grants = grants;
        this.look = mailboxes.look(live, grants);
        this.byAddress = look.plan().rules().stream().collect(Collectors.toMap(MailRule::address, Function.identity()));
    }

    List<MailRule> rules() {
        return look.plan().rules();
    }

    /** Since when Cloudflare holds rules otherwise than they were written and confirmed. */
    Map<String, Instant> notTaken() {
        return look.notTaken();
    }

    /** Whether users have changed something, so that what is to be done is no drift. */
    boolean areNews() {
        return look.news();
    }

    /** Whether a change is about a rule that a Mailbox adds, or may have added: ours, of an address that the spec does not name and lets Mailboxes have. */
    boolean areConcernedBy(Change change) {
        return byAddress.containsKey(change.subject())
                || change instanceof Change.DeleteRule delete && isLetToMailboxes(delete.address());
    }

    /** Whether a change is about a rule of a Mailbox that is there, which says itself what became of it. */
    boolean tellOf(Change change) {
        return change instanceof Change.RuleWrite && byAddress.containsKey(change.subject());
    }

    private boolean isLetToMailboxes(String address) {
        return live.getSpec().mailboxes().stream().anyMatch(entry -> MailboxGrants.covers(entry, address))
                && live.getSpec().rules().stream()
                        .noneMatch(rule -> rule.address().equals(address));
    }

    /** What the MailDomain itself has to say. */
    List<Requeued<RuleOutcome>> without(List<Requeued<RuleOutcome>> all) {
        return byAddress.isEmpty()
                ? all
                : all.stream()
                        .filter(rule -> !byAddress.containsKey(rule.verdict().address()))
                        .toList();
    }

    /** Tells the Mailboxes. @return the same result, which comes again as soon as one of them is worth it */
    ReconcileResult<MailDomainStatus> tell(ReconcileResult<MailDomainStatus> result, List<Requeued<RuleOutcome>> all) {
        Map<String, Outcome> outcomes = new HashMap<>();
        Requeue requeue = result.requeue();
        // Where drift is only reported, what is no news is not written: what did not come about stays news.
        boolean onlyReports = live.getSpec().drift() == DriftPolicy.Report;
        boolean manages = live.getSpec().mode() == Mode.Manage;
        boolean open = false;
        for (Requeued<RuleOutcome> each : all) {
            RuleOutcome found = each.verdict();
            MailRule rule = byAddress.get(found.address());
            if (rule != null) {
                outcomes.put(found.address(), new Outcome(Standing.of(rule, found.state()), found.notTakenSince()));
                requeue = requeue.sooner(each.requeue());
                open |= manages && (found.state() == RuleState.Pending || onlyReports && !found.good());
            }
        }
        mailboxes.told(live, open ? look.unheeded() : look, grants, outcomes);
        return new ReconcileResult<>(result.status(), requeue, result.cause(), result.notBefore());
    }
}
