package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.claims.Successors;
import io.maildomain.operator.handover.Next;
import io.maildomain.operator.handover.NextHolder;
import java.util.List;
import java.util.Optional;

/**
 * When a MailDomain goes and another one manages its domain next, what is noted of the catch-all passes to that one's
 * CatchAllRule: it stays as it is until that one writes its own, and what was there before it is not lost.
 */
final class CatchAllHandOver {

    private final Workshop workshop;
    private final NextHolder nextHolder;

    CatchAllHandOver(Workshop workshop) {
        this.workshop = workshop;
        this.nextHolder = new NextHolder(
                new Successors(workshop.cluster(), workshop.credentials(), workshop.claims()), workshop.cloudflare());
    }

    /** The CatchAllRule that decides for the domain once this MailDomain is gone; empty where there is none. */
    Optional<CatchAllRule> successor(MailDomain going) {
        if (!(nextHolder.after(going) instanceof Next.Somebody next)) {
            return Optional.empty();
        }
        MailDomain domain = next.successor().domain();
        List<CatchAllRule> rules =
                workshop
                        .cluster()
                        .catchAllRulesOf(
                                domain.getMetadata().getNamespace(),
                                domain.getMetadata().getName())
                        .stream()
                        .flatMap(rule -> workshop.store().live(rule).stream())
                        .toList();
        return Succession.winner(rules);
    }

    /** Its own note comes first, so that one of the two knows what was there before whatever happens. */
    void pass(CatchAllLedger from, CatchAllOwnership noted, CatchAllRule to) {
        CatchAllLedger its = new CatchAllLedger(workshop.store(), to);
        its.note(merged(noted, its.noted()));
        from.clear();
    }

    private static CatchAllOwnership merged(CatchAllOwnership left, Optional<CatchAllOwnership> known) {
        CatchAllContent earlier = known.filter(other -> left.zoneId().equals(other.zoneId()))
                .map(CatchAllOwnership::previous)
                .orElse(null);
        CatchAllContent previous = left.previous() == null ? earlier : left.previous();
        return new CatchAllOwnership(left.zoneId(), previous, left.intended(), left.applied());
    }
}
