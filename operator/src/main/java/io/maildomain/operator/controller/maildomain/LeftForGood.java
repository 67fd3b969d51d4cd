package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.PlanMessages;
import java.util.Optional;

/**
 * What Cloudflare will not undo, today or ever: a rule whose destination is gone cannot be given back, and what is refused
 * for a reason of Cloudflare's own neither time nor another token lifts. It stays, that is said, and the resource goes.
 */
record LeftForGood(MailDomain live, Failures failures, ChangeLog log) {

    /** @return false where the failure is passing, or a user can lift it: that is waited for */
    boolean accepts(ChangeOutcome.Failed failed) {
        boolean impossible = failed.change() instanceof Change.GiveBackRule
                && (failed.why().targetRefused() || failed.why().ruleExists());
        if (impossible) {
            log.warned(
                    live,
                    Reason.RestoreImpossible,
                    "rule " + failed.change().subject() + " could not be given back as it was: Cloudflare refuses it"
                            + " (its destination or Worker is gone, or another rule has its address). It is left as it is");
            return true;
        }
        Optional<Diagnosis> refusal = Failures.ofItsOwn(failed.why(), failures.of(failed));
        refusal.ifPresent(why -> log.warned(
                live,
                failed.change() instanceof Change.RuleChange ? Reason.RuleKept : Reason.RestoreImpossible,
                PlanMessages.bounded(
                        "could not " + failed.change().describe() + ", so that stays as it is: " + why.message())));
        return refusal.isPresent();
    }
}
