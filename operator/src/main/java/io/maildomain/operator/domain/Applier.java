package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.routing.MailAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Carries changes out, one call each, in order; notes in the ledger what it is about to do and what came of it. One bad
 * rule never blocks the others.
 */
final class Applier {

    /** After so many failures that are Cloudflare's own, the rest can wait. */
    private static final int OWN_FAILURES = 3;

    private final Cloudflare cloudflare;
    private final LedgerSession ledger;
    private final String zoneId;
    private final SubdomainRemoval removal;
    private final BooleanSupplier stillGranted;

    private final List<Change> done = new ArrayList<>();
    private final List<Applied.Failed> failed = new ArrayList<>();
    private final List<Change> skipped = new ArrayList<>();
    private final List<Change> outdated = new ArrayList<>();
    private final Map<String, String> ruleIds = new HashMap<>();
    private final List<Change> notTaken = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    /**
     * @param removal shared by all, for what one zone teaches holds for every other
     * @param stillGranted asked before each change: access that is taken away ends it at once
     */
    Applier(
            Cloudflare cloudflare,
            LedgerSession ledger,
            String zoneId,
            SubdomainRemoval removal,
            BooleanSupplier stillGranted) {
        this.cloudflare = cloudflare;
        this.ledger = ledger;
        this.zoneId = zoneId;
        this.removal = removal;
        this.stillGranted = stillGranted;
    }

    /** @throws io.maildomain.operator.ledger.LedgerConflict before any call, if the resource has changed */
    Applied apply(List<Change> changes) {
        Ownership earlier = ledger.noted();
        Ownership before = earlier;
        for (Change change : changes) {
            before = LedgerNotes.before(before, change);
        }
        ledger.note(before);
        changes.forEach(this::attempt);
        retryWhatWaitedForRouting();
        ledger.note(after(earlier));
        return new Applied(done, failed, skipped, outdated, ruleIds, notTaken, kept);
    }

    private void attempt(Change change) {
        if (mustStop() || !stillGranted.getAsBoolean()) {
            skipped.add(change);
            return;
        }
        try {
            if (change instanceof Change.AdoptRule adopt && hasChanged(adopt)) {
                outdated.add(change);
                return;
            }
            perform(change);
            done.add(change);
        } catch (CloudflareException e) {
            failed.add(new Applied.Failed(change, e));
        }
    }

    /** Some sources say that rules can't be written while routing is off: then they are tried again once it is on. */
    private void retryWhatWaitedForRouting() {
        if (done.stream().noneMatch(change -> change instanceof Change.EnableRouting)) {
            return;
        }
        List<Applied.Failed> rules = failed.stream()
                .filter(failure -> failure.change() instanceof Change.RuleChange && isOddRefusal(failure.why()))
                .toList();
        failed.removeAll(rules);
        rules.forEach(failure -> attempt(failure.change()));
    }

    private boolean mustStop() {
        boolean noRouting = failed.stream()
                .anyMatch(failure -> failure.change() instanceof Change.EnableRouting enable && !enable.recordsOnly());
        long own = failed.stream()
                .filter(failure -> isCloudflaresOwn(failure.why()))
                .count();
        return noRouting || own >= OWN_FAILURES || failed.stream().anyMatch(failure -> stopsAll(failure.why()));
    }

    private void perform(Change change) {
        if (change instanceof Change.EnableRouting) {
            cloudflare.enableRouting(zoneId);
        } else if (change instanceof Change.DisableRouting) {
            cloudflare.disableRouting(zoneId);
            removal.forget(zoneId);
        } else if (change instanceof Change.AddSubdomain add) {
            cloudflare.addSubdomain(zoneId, add.host());
        } else if (change instanceof Change.RemoveSubdomain remove) {
            if (!new SubdomainRemover(cloudflare, removal, zoneId).remove(remove)) {
                kept.add(remove.host());
            }
        } else if (change instanceof Change.SetSubaddressing set) {
            boolean taken = cloudflare.setSubaddressing(zoneId, set.on()).subaddressing() == set.on();
            unlessTaken(taken, set);
        } else if (change instanceof Change.RuleChange rule) {
            performRule(rule);
        }
    }

    private void performRule(Change.RuleChange change) {
        if (change instanceof Change.CreateRule create) {
            RoutingRule written = cloudflare.createRule(zoneId, create.draft());
            ruleIds.put(create.address(), written.id());
            unlessTaken(isAs(written, create.draft()), create);
        } else if (change instanceof Change.UpdateRule update) {
            unlessTaken(isAs(cloudflare.updateRule(zoneId, update.id(), update.draft()), update.draft()), update);
        } else if (change instanceof Change.AdoptRule adopt) {
            unlessTaken(isAs(cloudflare.updateRule(zoneId, adopt.id(), adopt.draft()), adopt.draft()), adopt);
        } else if (change instanceof Change.GiveBackRule back) {
            cloudflare.updateRule(zoneId, back.id(), back.draft());
        } else if (change instanceof Change.DeleteRule delete) {
            deleteRule(delete.id());
        }
    }

    private void unlessTaken(boolean taken, Change change) {
        if (!taken) {
            notTaken.add(change);
        }
    }

    /** Cloudflare answers with the rule as it holds it now: one that it keeps disabled does not do what was asked. */
    private static boolean isAs(RoutingRule written, RuleDraft draft) {
        boolean sameAction = MailAction.of(draft.actions())
                .filter(asked ->
                        MailAction.of(written.actions()).filter(asked::sameAs).isPresent())
                .isPresent();
        return written.enabled() == draft.enabled() && sameAction;
    }

    /** Whether somebody has changed the rule since it was listed: what is given back one day must be the latest. */
    private boolean hasChanged(Change.AdoptRule adopt) {
        try {
            LiveRule now = new LiveRule(cloudflare.rule(zoneId, adopt.id(), Use.CHANGE));
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
        Ownership after = ledger.noted();
        for (Change change : done) {
            after = LedgerNotes.done(after, change);
        }
        for (Applied.Failed failure : failed) {
            if (failure.why().isDefinitive()) {
                after = LedgerNotes.refused(after, earlier, failure.change());
            }
        }
        for (Change change : skipped) {
            after = LedgerNotes.refused(after, earlier, change);
        }
        for (Change change : outdated) {
            after = LedgerNotes.refused(after, earlier, change);
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
                .filter(refused -> !refused.hasCode(2054) && !refused.hasCode(2015) && !refused.hasCode(2016))
                .isPresent();
    }
}
