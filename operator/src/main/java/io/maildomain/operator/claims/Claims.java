package io.maildomain.operator.claims;

import java.util.List;
import java.util.Optional;

/** Decides between claims. */
public final class Claims {

    private Claims() {}

    /** What has become of a claim. */
    public enum Verdict {
        /** This resource manages the domain. */
        HELD(""),
        /** Another resource of the same namespace does. */
        HELD_IN_NAMESPACE("HeldInNamespace"),
        /** A resource of another namespace does, or did until now: a parked claim must not inherit somebody's mail. */
        HELD_ELSEWHERE("HeldElsewhere");

        private final String reason;

        Verdict(String reason) {
            this.reason = reason;
        }

        /** The reason of the condition {@code ZoneReady} that says so; empty where it says nothing. */
        public String reason() {
            return reason;
        }

        /** Whether the reason of a {@code ZoneReady} says that another resource manages the domain. */
        public static boolean isLost(String reason) {
            return HELD_IN_NAMESPACE.reason.equals(reason) || HELD_ELSEWHERE.reason.equals(reason);
        }
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
