package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import io.maildomain.operator.controller.handover.Next;
import io.maildomain.operator.controller.handover.NextHolder;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a MailDomain goes and another one manages its domain next, what is noted of the catch-all passes to that one's
 * CatchAllRule: it stays as it is until that one writes its own, and what was there before it is not lost.
 */
final class CatchAllHandOver {

    /** A change wakes it; this is for what no change tells. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final CatchAllServices services;
    private final StatusWriter<CatchAllRule, CatchAllRuleStatus> writer;
    private final NextHolder nextHolder;

    CatchAllHandOver(CatchAllServices services, StatusWriter<CatchAllRule, CatchAllRuleStatus> writer) {
        this.services = services;
        this.writer = writer;
        this.nextHolder = new NextHolder(services.resources(), services.credentials(), services.claims());
    }

    /** What became of a catch-all whose MailDomain goes. */
    sealed interface Outcome {

        /** There is none that decides for the domain next: it is to be given back. */
        record Nobody() implements Outcome {}

        /** Its ownership record has passed to the next one's CatchAllRule. */
        record Passed() implements Outcome {}

        /** Which is the next one is not known: nothing may be given back yet. */
        record Unknown(Blocked why) implements Outcome {}
    }

    /** The rule is gone. */
    void forget(String uid) {
        nextHolder.forget(uid);
    }

    Set<String> uids() {
        return nextHolder.uids();
    }

    /**
     * Why a rule that goes waits although its MailDomain stays: tools delete the two one after the other, and another MailDomain
     * may come next. Empty where none does, and after a while.
     */
    Optional<CleanupResult> expecting(
            CatchAllRule going, MailDomain domain, CatchAllOwnership noted, CloudflareSession session) {
        Instant until =
                Instant.parse(going.getMetadata().getDeletionTimestamp()).plus(services.handOver());
        Duration left = Duration.between(services.clock().instant(), until);
        boolean mayGo = !domain.isMarkedForDeletion()
                && !DomainState.leavesAll(domain)
                && domain.getSpec().deletionPolicy() != DeletionPolicy.Retain
                && going.getSpec().deletionPolicy() != CatchAllDeletionPolicy.Retain
                && DomainState.zoneId(domain).filter(noted.zoneId()::equals).isPresent();
        if (!mayGo || left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        Next next = nextHolder.after(domain, session, going.getMetadata().getUid());
        boolean mayCome = next instanceof Next.Somebody somebody
                ? ruleOf(somebody.successor().domain()).isPresent()
                : next instanceof Next.Unknown;
        return mayCome
                ? Optional.of(new CleanupResult.Expecting(
                        Obstacles.expecting(domain, until), left.compareTo(LOOK) < 0 ? left : LOOK))
                : Optional.empty();
    }

    /**
     * Passes what is noted on to the CatchAllRule that decides for the domain once this MailDomain is gone.
     *
     * @param uid of the rule that gives its catch-all up
     */
    Outcome attempt(
            String uid,
            MailDomain domain,
            CatchAllOwnershipSession ownership,
            CatchAllOwnership noted,
            CloudflareSession session) {
        boolean goes = domain.isMarkedForDeletion()
                && !DomainState.leavesAll(domain)
                && !DomainState.holdsBack(domain)
                && DomainState.zoneId(domain).filter(noted.zoneId()::equals).isPresent();
        if (!goes) {
            return new Outcome.Nobody();
        }
        Next next = nextHolder.after(domain, session, uid);
        if (next instanceof Next.Unknown unknown) {
            return new Outcome.Unknown(unknown.why());
        }
        Optional<CatchAllRule> successor = next instanceof Next.Somebody somebody
                ? ruleOf(somebody.successor().domain())
                : Optional.empty();
        successor.ifPresent(rule -> pass(ownership, noted, rule));
        return successor.isPresent() ? new Outcome.Passed() : new Outcome.Nobody();
    }

    private Optional<CatchAllRule> ruleOf(MailDomain domain) {
        List<CatchAllRule> rules = services
                .resources()
                .catchAllRulesOf(
                        domain.getMetadata().getNamespace(),
                        domain.getMetadata().getName())
                .stream()
                .flatMap(rule -> writer.live(rule).stream())
                .toList();
        // Two kinds have two watches: that of the MailDomain may be ahead of that of its CatchAllRule.
        return CatchAllPrecedence.winner(rules).or(() -> CatchAllPrecedence.winner(liveRulesOf(domain)));
    }

    private List<CatchAllRule> liveRulesOf(MailDomain domain) {
        String name = domain.getMetadata().getName();
        return writer.liveIn(domain.getMetadata().getNamespace()).stream()
                .filter(rule -> rule.getSpec().domainRef().name().equals(name))
                .toList();
    }

    /** Its own note comes first, so that one of the two knows what was there before whatever happens. */
    private void pass(CatchAllOwnershipSession from, CatchAllOwnership noted, CatchAllRule to) {
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
