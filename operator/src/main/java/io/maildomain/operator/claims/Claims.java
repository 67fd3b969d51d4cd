package io.maildomain.operator.claims;

import java.util.List;
import java.util.Optional;

/** Decides between claims. */
public final class Claims {

    /** The reason of ZoneReady where another namespace holds the domain. It stays parked when that one goes. */
    public static final String HELD_ELSEWHERE = "HeldElsewhere";

    /** The reason of ZoneReady where another resource of the same namespace holds the domain. */
    public static final String HELD_IN_NAMESPACE = "HeldInNamespace";

    private Claims() {}

    /** Whether it is the reason of a claim that was lost. */
    public static boolean isLost(String reason) {
        return HELD_ELSEWHERE.equals(reason) || HELD_IN_NAMESPACE.equals(reason);
    }

    /** What has become of a claim. */
    public enum Verdict {
        /** This resource manages the domain. */
        HELD,
        /** Another resource of the same namespace does. */
        HELD_IN_NAMESPACE,
        /** A resource of another namespace does, or did until now: a parked claim must not inherit somebody's mail. */
        HELD_ELSEWHERE
    }

    /**
     * @param others claims that count: in mode Manage, with access, not known to be worthless
     * @param parked whether this claim lost to another namespace before
     * @param exactGrant whether the access names the domain exactly
     */
    public static Verdict decide(Claim mine, List<Claim> others, boolean parked, boolean exactGrant) {
        Optional<Claim> winner = others.stream()
                .filter(other -> !other.uid().equals(mine.uid()))
                .filter(mine::meets)
                .filter(other -> Claim.PRECEDENCE.compare(other, mine) < 0)
                .min(Claim.PRECEDENCE);
        if (winner.isPresent()) {
            boolean sameNamespace = winner.get().namespace().equals(mine.namespace());
            return sameNamespace ? Verdict.HELD_IN_NAMESPACE : Verdict.HELD_ELSEWHERE;
        }
        boolean stillParked = parked && !mine.incumbent() && !exactGrant;
        return stillParked ? Verdict.HELD_ELSEWHERE : Verdict.HELD;
    }

    /** The claim that wins over mine, where it may be named: only within one namespace. */
    public static Optional<Claim> holderInNamespace(Claim mine, List<Claim> others) {
        return others.stream()
                .filter(other -> other.namespace().equals(mine.namespace()))
                .filter(mine::meets)
                .filter(other -> Claim.PRECEDENCE.compare(other, mine) < 0)
                .min(Claim.PRECEDENCE);
    }
}
