package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.Successors;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.controller.handover.Next;
import io.maildomain.operator.controller.handover.NextHolder;
import io.maildomain.operator.ownership.StatusWriter;
import java.util.List;
import java.util.Optional;

/**
 * When a MailDomain goes and another one manages its domain next, what is noted of the catch-all passes to that one's
 * CatchAllRule: it stays as it is until that one writes its own, and what was there before it is not lost.
 */
final class CatchAllHandOver {

    private final CatchAllServices services;
    private final StatusWriter<CatchAllRule, CatchAllRuleStatus> writer;
    private final NextHolder nextHolder;

    CatchAllHandOver(CatchAllServices services, StatusWriter<CatchAllRule, CatchAllRuleStatus> writer) {
        this.services = services;
        this.writer = writer;
        this.nextHolder =
                new NextHolder(new Successors(services.resources(), services.credentials(), services.claims()));
    }

    /** The CatchAllRule that decides for the domain once this MailDomain is gone; empty where there is none. */
    Optional<CatchAllRule> successor(MailDomain going, CloudflareSession session) {
        if (!(nextHolder.after(going, session) instanceof Next.Somebody next)) {
            return Optional.empty();
        }
        MailDomain domain = next.successor().domain();
        List<CatchAllRule> rules = services
                .resources()
                .catchAllRulesOf(
                        domain.getMetadata().getNamespace(),
                        domain.getMetadata().getName())
                .stream()
                .flatMap(rule -> writer.live(rule).stream())
                .toList();
        return CatchAllPrecedence.winner(rules);
    }

    /** Its own note comes first, so that one of the two knows what was there before whatever happens. */
    void pass(CatchAllOwnershipSession from, CatchAllOwnership noted, CatchAllRule to) {
        CatchAllOwnershipSession its = new CatchAllOwnershipSession(writer, to);
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
