package io.maildomain.operator.access;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides between claims. */
public final class Claims {

    private Claims() {}

    /** What has become of a claim. */
    public enum ClaimDecision {
        /** This resource manages the domain. */
        HELD,
        /** Another resource of the same namespace does. */
        HELD_IN_NAMESPACE,
        /** A resource of another namespace does, or did until now: a parked claim must not inherit other people's mail. */
        HELD_ELSEWHERE,
        /** A resource of another namespace comes first, but holds nothing yet. */
        CLAIMED_ELSEWHERE,
        /** One that would come first has not been looked at yet: it may turn out to be worth nothing. */
        UNSETTLED
    }

    /** The same where each claim is known to count or not to. */
    public static ClaimDecision decide(Claim mine, List<Claim> others, boolean parked, boolean exactGrant) {
        return decide(mine, others, List.of(), parked, exactGrant);
    }

    /**
     * @param others claims that count: in mode Manage, with access, with a zone or seen to be worth something
     * @param unknown claims that may count: they were not looked at yet
     * @param parked whether this claim lost to another namespace before
     * @param exactGrant whether the access names the domain exactly
     */
    public static ClaimDecision decide(
            Claim mine, List<Claim> others, List<Claim> unknown, boolean parked, boolean exactGrant) {
        Optional<Claim> winner = before(mine, others).min(Claim.PRECEDENCE);
        if (winner.isPresent()) {
            boolean sameNamespace = winner.get().namespace().equals(mine.namespace());
            ClaimDecision elsewhere =
                    parked || winner.get().incumbent() ? ClaimDecision.HELD_ELSEWHERE : ClaimDecision.CLAIMED_ELSEWHERE;
            return sameNamespace ? ClaimDecision.HELD_IN_NAMESPACE : elsewhere;
        }
        boolean stillParked = parked && !mine.incumbent() && !exactGrant;
        if (stillParked) {
            return ClaimDecision.HELD_ELSEWHERE;
        }
        return before(mine, unknown).findAny().isPresent() ? ClaimDecision.UNSETTLED : ClaimDecision.HELD;
    }

    /** Those that come before mine. */
    static Stream<Claim> before(Claim mine, List<Claim> others) {
        return others.stream()
                .filter(other -> !other.uid().equals(mine.uid()))
                .filter(mine::meets)
                .filter(other -> Claim.PRECEDENCE.compare(other, mine) < 0);
    }

    /** The claim that wins over mine, where it may be named: only within one namespace. */
    public static Optional<Claim> holderInNamespace(Claim mine, List<Claim> others) {
        return before(mine, others)
                .filter(other -> other.namespace().equals(mine.namespace()))
                .min(Claim.PRECEDENCE);
    }
}
