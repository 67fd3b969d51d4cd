package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Done;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Failed;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Kept;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.NotTaken;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Outdated;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Skipped;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.controller.maildomain.plan.OwnershipChanges;
import io.maildomain.operator.ownership.MailAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries changes out, one call each, in order; notes in the ownership record what it is about to do and what came of it. One bad
 * rule never blocks the others.
 */
final class Applier {

    /** After so many failures that are Cloudflare's own, the rest can wait. */
    private static final int OWN_FAILURES = 3;

    private final Cloudflare cloudflare;
    private final OwnershipSession ownership;
    private final String zoneId;
    private final SubdomainRemoval removal;
    private final BooleanSupplier stillGranted;

    private final List<ChangeOutcome> outcomes = new ArrayList<>();
    private @Nullable RoutingSettings shown;

    /**
     * @param removal shared by all, for what one zone teaches holds for every other
     * @param stillGranted asked before each change: access that is taken away ends it at once
     */
    Applier(
            Cloudflare cloudflare,
            OwnershipSession ownership,
            String zoneId,
            SubdomainRemoval removal,
            BooleanSupplier stillGranted) {
        this.cloudflare = cloudflare;
        this.ownership = ownership;
        this.zoneId = zoneId;
        this.removal = removal;
        this.stillGranted = stillGranted;
    }

    /** @throws io.maildomain.operator.ownership.OwnershipConflict before any call, if the resource has changed */
    ApplyResult apply(List<Change> changes) {
        Ownership earlier = ownership.noted();
        Ownership before = earlier;
        for (Change change : changes) {
            before = OwnershipChanges.before(before, change);
        }
        ownership.note(before);
        changes.forEach(change -> outcomes.add(attempt(change)));
        retryWhatWaitedForRouting();
        ownership.note(after(earlier));
        return new ApplyResult(outcomes, shown);
    }

    private ChangeOutcome attempt(Change change) {
        if (mustStop() || !stillGranted.getAsBoolean()) {
            return new Skipped(change);
        }
        Optional<CloudflareException> known = refusalOfTarget(change);
        if (known.isPresent()) {
            return new Failed(change, known.get());
        }
        try {
            return change instanceof Change.AdoptRule adopt && hasChanged(adopt)
                    ? new Outdated(change)
                    : perform(change);
        } catch (CloudflareException e) {
            return new Failed(change, e);
        }
    }

    /**
     * Once per cause: what Cloudflare said of a destination or a Worker just now holds for each other rule that leads there.
     * Each try begins anew, so that all of them go through as soon as one does.
     */
    private Optional<CloudflareException> refusalOfTarget(Change change) {
        Optional<MailAction> target = targetOf(change);
        return failed().filter(failure -> failure.why().targetRefused())
                .filter(failure ->
                        target.isPresent() && targetOf(failure.change()).equals(target))
                .map(Failed::why)
                .findFirst();
    }

    /** Where the rule leads; empty where it drops mail, or nothing is written. */
    private static Optional<MailAction> targetOf(Change change) {
        return change instanceof Change.RuleWrite write
                ? MailAction.of(write.draft().actions())
                        .filter(action -> !action.value().isEmpty())
                : Optional.empty();
    }

    /** Some sources say that rules can't be written while routing is off: then they are tried again once it is on. */
    private void retryWhatWaitedForRouting() {
        if (!new ApplyResult(outcomes).did(Change.EnableRouting.class)) {
            return;
        }
        List<Failed> rules = failed().filter(
                        failure -> failure.change() instanceof Change.RuleChange && isOddRefusal(failure.why()))
                .toList();
        outcomes.removeAll(rules);
        rules.forEach(failure -> outcomes.add(attempt(failure.change())));
    }

    private boolean mustStop() {
        boolean noRouting = failed().anyMatch(
                        failure -> failure.change() instanceof Change.EnableRouting enable && !enable.recordsOnly());
        long own = failed().filter(failure -> isCloudflaresOwn(failure.why())).count();
        return noRouting || own >= OWN_FAILURES || failed().anyMatch(failure -> stopsAll(failure.why()));
    }

    private Stream<Failed> failed() {
        return outcomes.stream().filter(Failed.class::isInstance).map(Failed.class::cast);
    }

    private ChangeOutcome perform(Change change) {
        if (change instanceof Change.RuleChange rule) {
            return performRule(rule);
        }
        shown = null;
        if (change instanceof Change.EnableRouting) {
            shown = cloudflare.enableRouting(zoneId).orElse(null);
        } else if (change instanceof Change.DisableRouting) {
            cloudflare.disableRouting(zoneId);
            removal.forget(zoneId);
        } else if (change instanceof Change.AddSubdomain add) {
            cloudflare.addSubdomain(zoneId, add.host());
        } else if (change instanceof Change.RemoveSubdomain remove) {
            boolean removed = new SubdomainRemover(cloudflare, removal, zoneId).remove(remove);
            return removed ? new Done(change, "") : new Kept(change);
        } else if (change instanceof Change.SetSubaddressing set) {
            shown = cloudflare.setSubaddressing(zoneId, set.on());
            return shown.subaddressing() == set.on() ? new Done(change, "") : new NotTaken(change, "");
        }
        return new Done(change, "");
    }

    private ChangeOutcome performRule(Change.RuleChange change) {
        if (change instanceof Change.CreateRule create) {
            RoutingRule written = cloudflare.createRule(zoneId, create.draft());
            return confirmed(create, written.id(), written, create.draft());
        }
        if (change instanceof Change.UpdateRule update) {
            RoutingRule written = cloudflare.updateRule(zoneId, update.id(), update.draft());
            return confirmed(update, "", written, update.draft());
        }
        if (change instanceof Change.AdoptRule adopt) {
            RoutingRule written = cloudflare.updateRule(zoneId, adopt.id(), adopt.draft());
            return confirmed(adopt, "", written, adopt.draft());
        }
        if (change instanceof Change.GiveBackRule back) {
            return new Done(back, "", cloudflare.updateRule(zoneId, back.id(), back.draft()));
        } else if (change instanceof Change.DeleteRule delete) {
            deleteRule(delete.id());
        }
        return new Done(change, "");
    }

    private static ChangeOutcome confirmed(Change change, String ruleId, RoutingRule written, RuleDraft asked) {
        return isAs(written, asked) ? new Done(change, ruleId, written) : new NotTaken(change, ruleId);
    }

    /** Cloudflare answers with the rule as it holds it now: one that it keeps disabled does not do what was asked. */
    private static boolean isAs(RoutingRule written, RuleDraft draft) {
        boolean sameAction = MailAction.of(draft.actions())
                .filter(asked ->
                        MailAction.of(written.actions()).filter(asked::sameAs).isPresent())
                .isPresent();
        return written.enabled() == draft.enabled() && sameAction;
    }

    /** Whether another writer has changed the rule since it was listed: what is given back one day must be the latest. */
    private boolean hasChanged(Change.AdoptRule adopt) {
        try {
            LiveRule now = new LiveRule(cloudflare.rule(zoneId, adopt.id()));
            return now.expressible().isEmpty()
                    || !now.catches(adopt.address())
                    || !now.content().equals(adopt.previous());
        } catch (CloudflareException e) {
            if (e.ruleMissing()) {
                return true;
            }
            throw e;
        }
    }

    private void deleteRule(String id) {
        try {
            cloudflare.deleteRule(zoneId, id);
        } catch (CloudflareException e) {
            if (!e.ruleMissing()) {
                throw e;
            }
        }
    }

    private Ownership after(Ownership earlier) {
        Ownership after = ownership.noted();
        for (ChangeOutcome outcome : outcomes) {
            if (ApplyResult.isConfirmed(outcome)) {
                after = OwnershipChanges.done(after, outcome.change());
            }
        }
        for (ChangeOutcome outcome : outcomes) {
            boolean mayHaveTakenEffect =
                    outcome instanceof Failed failure && !failure.why().isDefinitive();
            if (!ApplyResult.isConfirmed(outcome) && !mayHaveTakenEffect) {
                after = OwnershipChanges.refused(after, earlier, outcome.change());
            }
        }
        return after;
    }

    /** The next call would fare no better: no budget, no connection, or the right is missing. */
    static boolean stopsAll(CloudflareException e) {
        Failure failure = e.failure();
        boolean refusesAll = failure instanceof Failure.Refused refused
                && (refused.status() == 429 || refused.status() == 401 || refused.status() == 403);
        return refusesAll
                || failure instanceof Failure.Postponed
                || failure instanceof Failure.Fenced
                || failure instanceof Failure.Unreachable;
    }

    private static boolean isCloudflaresOwn(CloudflareException e) {
        return e.failure() instanceof Failure.Malformed
                || (e.failure() instanceof Failure.Refused refused && refused.status() >= 500);
    }

    /** A refusal that speaks neither of the destination nor of the Worker: it may be about routing being off. */
    private static boolean isOddRefusal(CloudflareException e) {
        return e.refused()
                .filter(refused -> refused.status() >= 400 && refused.status() < 500)
                .filter(refused -> !e.targetRefused())
                .isPresent();
    }
}
