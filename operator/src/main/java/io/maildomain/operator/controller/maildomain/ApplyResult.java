package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Done;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Failed;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Kept;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.NotTaken;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Outdated;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Skipped;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.PlanMessages;
import io.maildomain.operator.controller.maildomain.plan.Planned;
import io.maildomain.operator.kubernetes.events.ReportedChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a list of changes, in the order in which they were tried. What came of one is found by that very object: two
 * changes may well be of the same address.
 *
 * @param shown Email Routing's settings as the last answer showed them, where no later change touched them; else null
 */
record ApplyResult(List<ChangeOutcome> outcomes, @Nullable RoutingSettings shown) {

    ApplyResult {
        outcomes = List.copyOf(outcomes);
    }

    ApplyResult(List<ChangeOutcome> outcomes) {
        this(outcomes, null);
    }

    static ApplyResult nothing() {
        return new ApplyResult(List.of());
    }

    /** The same with what came of others. */
    ApplyResult with(List<ChangeOutcome> others) {
        return new ApplyResult(Stream.concat(outcomes.stream(), others.stream()).toList(), shown);
    }

    /** What came of the change that serves this host or rule; empty where none does, or where it was held back. */
    Optional<ChangeOutcome> of(Planned<?> planned) {
        return outcomes.stream()
                .filter(outcome -> planned.isServedBy(outcome.change()))
                .findFirst();
    }

    /** Says what was done, and what stays. @param plan rules that it leaves as they are stand there: nothing else tells of them */
    void tell(MailDomain about, Plan plan, ChangeLog log) {
        plan.withheld().stream()
                .filter(change -> change instanceof Change.DeleteRule)
                .forEach(change -> log.warned(about, Reason.RuleKept, PlanMessages.comesBack(change.subject())));
        tell(about, log);
    }

    /** Says what was done, and what stays. */
    void tell(MailDomain about, ChangeLog log) {
        log.changed(
                about,
                changes(outcome -> isConfirmed(outcome) && !(outcome instanceof Kept)).stream()
                        .map(change -> new ReportedChange(change.verb(), change.kind(), change.subject()))
                        .toList());
        kept().forEach(change -> log.warned(
                about,
                Reason.RecordsKept,
                "the mail records of " + change.subject() + " stay: removing them would switch off the whole domain"));
    }

    boolean complete() {
        return failed().isEmpty() && skipped().isEmpty() && outdated().isEmpty();
    }

    /** Whether each change was confirmed, and did what it should. */
    boolean isFlawless() {
        return outcomes.stream().allMatch(Done.class::isInstance);
    }

    /** The rules that were written, as the answers show them. */
    List<RoutingRule> written() {
        return outcomes.stream()
                .filter(Done.class::isInstance)
                .map(outcome -> ((Done) outcome).written())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Cloudflare confirmed them, whatever it shows. */
    List<Change> done() {
        return changes(ApplyResult::isConfirmed);
    }

    /** Cloudflare confirmed them, and what it shows does not contradict. */
    List<Change> effective() {
        return changes(outcome -> isConfirmed(outcome) && !(outcome instanceof NotTaken));
    }

    List<Failed> failed() {
        return outcomes.stream()
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .toList();
    }

    List<Change> skipped() {
        return changes(Skipped.class::isInstance);
    }

    List<Change> outdated() {
        return changes(Outdated.class::isInstance);
    }

    List<Change> notTaken() {
        return changes(NotTaken.class::isInstance);
    }

    List<Change> kept() {
        return changes(Kept.class::isInstance);
    }

    /** Whether a change of this kind was confirmed. */
    boolean did(Class<? extends Change> kind) {
        return done().stream().anyMatch(kind::isInstance);
    }

    private List<Change> changes(Predicate<ChangeOutcome> which) {
        return outcomes.stream().filter(which).map(ChangeOutcome::change).toList();
    }

    static boolean isConfirmed(ChangeOutcome outcome) {
        return outcome instanceof Done || outcome instanceof NotTaken || outcome instanceof Kept;
    }
}
