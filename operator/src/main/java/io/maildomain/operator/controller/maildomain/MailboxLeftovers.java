package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.FailureKind;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.KeptRule;
import io.maildomain.operator.controller.maildomain.plan.KeptRule.Why;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.controller.maildomain.plan.MailboxRules.Owner;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.PlanMessages;
import io.maildomain.operator.status.Requeue;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said and remembered of rules that Mailboxes asked for and that nothing asks for any more. Lives as long as one reconcile. */
final class MailboxLeftovers {

    private final MailboxBrake brake;
    private final ChangeLog log;
    private final MailDomain live;
    private final DomainReport report;
    private final boolean swept;

    /** @param swept whether only a sweep looked */
    MailboxLeftovers(MailboxBrake brake, ChangeLog log, MailDomain live, DomainReport report, boolean swept) {
        this.brake = brake;
        this.log = log;
        this.live = live;
        this.report = report;
        this.swept = swept;
    }

    /** Rules of Mailboxes that stay although nothing asks for them. @param pending what else is not done, in words */
    void tell(Plan plan, Stream<String> pending) {
        report.pendingChanges(Stream.concat(pending, plan.kept().stream().map(KeptRule::describe))
                .toList());
        List<KeptRule> held =
                plan.kept().stream().filter(kept -> kept.why() == Why.HELD).toList();
        if (!held.isEmpty()) {
            String why = brake.says(live, held.size());
            report.failed(held.get(0).change(), new Diagnosis(Reason.DeletionHeld, FailureKind.FINAL, why, null));
            report.requeueAtLeast(Requeue.STALLED);
        }
        if (!swept) {
            warn(plan, Why.UNSEEN, PlanMessages::unseenMailboxes);
            warn(plan, Why.OF_ANOTHER_NAME, PlanMessages::mailboxesOfAnotherName);
        }
    }

    private void warn(Plan plan, Why why, IntFunction<String> words) {
        long rules = plan.kept().stream().filter(kept -> kept.why() == why).count();
        if (rules > 0) {
            log.warned(live, Reason.RuleKept, words.apply((int) rules));
        }
    }

    /** How many rules went with Mailboxes that are gone. */
    void remember(ApplyResult applied, DesiredState desired, ObservedState observed) {
        Set<String> deleted = applied.done().stream()
                .filter(change -> change instanceof Change.DeleteRule)
                .map(change -> ((Change.DeleteRule) change).id())
                .collect(Collectors.toSet());
        long gone = observed.rules().stream()
                .filter(rule -> deleted.contains(rule.id()))
                .filter(rule -> desired.mailboxes().isOfGone(new LiveRule(rule)))
                .count();
        brake.went(live, (int) gone);
    }

    /** Whose rules stand at Cloudflare though nothing asks for them any more. */
    static Set<Owner> standing(Plan plan, ApplyResult applied, ObservedState observed) {
        Stream<Change> kept = plan.kept().stream().map(KeptRule::change);
        return Stream.of(plan.changes().stream(), plan.withheld().stream(), kept)
                .flatMap(changes -> changes)
                .filter(change -> !applied.done().contains(change))
                .flatMap(change -> AttachedRules.ownersOf(change, observed).stream())
                .collect(Collectors.toSet());
    }
}
