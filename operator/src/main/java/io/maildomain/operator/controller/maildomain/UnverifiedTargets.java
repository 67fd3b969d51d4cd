package io.maildomain.operator.controller.maildomain;

import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.destination.DestinationLists.Account;
import io.maildomain.operator.controller.destination.KnownDestinations;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Done;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Failed;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.NotTaken;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.ownership.MailAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rules that would forward to an address that is known not to be verified are not written: Cloudflare would refuse them, or keep them
 * disabled.
 *
 * @param account that the zone is in
 * @param uid of the MailDomain
 */
record UnverifiedTargets(KnownDestinations known, Account account, String uid, Cloudflare cloudflare) {

    /** Of the zone's account where that is known, else of the one that the credentials name. */
    static UnverifiedTargets of(KnownDestinations known, Usable with, Zone zone, String uid, Cloudflare cloudflare) {
        Account named = Account.of(with);
        Account account = zone.accountId().isEmpty() ? named : new Account(named.token(), zone.accountId());
        return new UnverifiedTargets(known, account, uid, cloudflare);
    }

    /** Carries out what can be, and tells of the rest why it was not tried. */
    ApplyResult apply(List<Change> changes, Function<List<Change>, ApplyResult> applying) {
        Set<String> targets =
                changes.stream().flatMap(change -> targetOf(change).stream()).collect(Collectors.toSet());
        Set<String> unverified = known.unverified(account, () -> cloudflare.destinations(account.id()), targets, uid);
        List<Change> tried = new ArrayList<>();
        List<ChangeOutcome> held = new ArrayList<>();
        for (Change change : changes) {
            if (targetOf(change).filter(unverified::contains).isPresent()) {
                held.add(new ChangeOutcome.Unverified(change));
            } else {
                tried.add(change);
            }
        }
        ApplyResult applied = applying.apply(tried);
        applied.outcomes().forEach(this::remember);
        return held.isEmpty() ? applied : applied.with(held);
    }

    private void remember(ChangeOutcome outcome) {
        targetOf(outcome.change()).ifPresent(email -> {
            if (outcome instanceof Done) {
                known.tried(account, email, true, uid);
            } else if (outcome instanceof NotTaken
                    || outcome instanceof Failed failed && failed.why().targetRefused()) {
                known.tried(account, email, false, uid);
            }
        });
    }

    /** The address that the rule forwards to; empty where it does not, or nothing is written. */
    private static Optional<String> targetOf(Change change) {
        return change instanceof Change.RuleWrite write
                ? MailAction.of(write.draft().actions())
                        .filter(MailAction.Forward.class::isInstance)
                        .map(MailAction::value)
                : Optional.empty();
    }
}
