package io.maildomain.operator.access;

import static io.maildomain.operator.access.Claims.ClaimDecision.CLAIMED_ELSEWHERE;
import static io.maildomain.operator.access.Claims.ClaimDecision.HELD;
import static io.maildomain.operator.access.Claims.ClaimDecision.HELD_ELSEWHERE;
import static io.maildomain.operator.access.Claims.ClaimDecision.HELD_IN_NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static Claim claim(String uid, String namespace, boolean incumbent, int day) {
        return claim(uid, namespace, incumbent ? Claim.Tenure.NOTED : Claim.Tenure.NONE, day);
    }

    private static Claim claim(String uid, String namespace, Claim.Tenure tenure, int day) {
        return new Claim(uid, namespace, "name-" + uid, "account", tenure, "2026-01-%02dT00:00:00Z".formatted(day));
    }

    private static Claims.ClaimDecision decide(Claim mine, Claim... others) {
        return Claims.decide(mine, List.of(others), false, false);
    }

    @Test
    void aLoneClaimHolds() {
        assertThat(decide(claim("a", "mail", false, 1))).isEqualTo(HELD);
    }

    @Test
    void theIncumbentWinsOverAnOlderClaim() {
        Claim incumbent = claim("a", "mail", true, 9);
        Claim older = claim("b", "mail", false, 1);

        assertThat(decide(incumbent, older)).isEqualTo(HELD);
        assertThat(decide(older, incumbent)).isEqualTo(HELD_IN_NAMESPACE);
    }

    @Test
    void whoWasSeenToHoldTheDomainWinsOverAnOlderOneThatNotesTheSameZone() {
        Claim holder = new Claim("b", "theirs", "b", "account", Claim.Tenure.PROVEN, "2026-01-09T00:00:00Z");
        Claim forged = claim("a", "mail", true, 1);

        assertThat(decide(holder, forged)).isEqualTo(HELD);
        assertThat(decide(forged, holder)).isEqualTo(HELD_ELSEWHERE);
    }

    @Test
    void whoIsAboutToTakeTheDomainComesBeforeAnOlderClaimAndDoesNotParkIt() {
        Claim taking = claim("b", "theirs", Claim.Tenure.TAKING, 9);
        Claim older = claim("a", "mail", false, 1);

        assertThat(decide(taking, older)).isEqualTo(HELD);
        assertThat(decide(older, taking)).isEqualTo(CLAIMED_ELSEWHERE);
        assertThat(decide(taking, claim("c", "mail", true, 9)))
                .as("one that has noted a zone comes first")
                .isEqualTo(HELD_ELSEWHERE);
    }

    @Test
    void thenTheOlderOneThenTheSmallerUid() {
        assertThat(decide(claim("b", "mail", false, 1), claim("a", "mail", false, 2)))
                .isEqualTo(HELD);
        assertThat(decide(claim("a", "mail", false, 2), claim("b", "mail", false, 2)))
                .isEqualTo(HELD);
        assertThat(decide(claim("b", "mail", false, 2), claim("a", "mail", false, 2)))
                .isEqualTo(HELD_IN_NAMESPACE);
    }

    @Test
    void ofAnotherNamespaceALoserLearnsNoMoreThanTheFact() {
        Claim mine = claim("b", "mail", false, 2);
        Claim winner = claim("a", "elsewhere", true, 9);

        assertThat(decide(mine, winner)).isEqualTo(HELD_ELSEWHERE);
        assertThat(Claims.holderInNamespace(mine, List.of(winner))).isEmpty();
    }

    @Test
    void whoComesFirstElsewhereButHoldsNothingDoesNotParkMine() {
        Claim mine = claim("b", "mail", false, 2);
        Claim first = claim("a", "elsewhere", false, 1);

        assertThat(decide(mine, first)).isEqualTo(CLAIMED_ELSEWHERE);
        assertThat(Claims.decide(mine, List.of(first), true, false))
                .as("one that is parked already stays parked")
                .isEqualTo(HELD_ELSEWHERE);
    }

    @Test
    void withinOneNamespaceTheWinnerIsNamed() {
        Claim mine = claim("b", "mail", false, 3);
        Claim winner = claim("a", "mail", false, 1);

        assertThat(Claims.holderInNamespace(mine, List.of(claim("c", "mail", false, 9), winner)))
                .contains(winner);
    }

    @Test
    void claimsInTwoAccountsDoNotMeet() {
        Claim mine = new Claim("b", "mail", "b", "account-1", Claim.Tenure.NONE, "2026-01-02T00:00:00Z");
        Claim other = new Claim("a", "mail", "a", "account-2", Claim.Tenure.NONE, "2026-01-01T00:00:00Z");

        assertThat(decide(mine, other)).isEqualTo(HELD);
    }

    @Test
    void anAccountThatIsNotKnownCouldBeAny() {
        Claim mine = new Claim("b", "mail", "b", "", Claim.Tenure.NONE, "2026-01-02T00:00:00Z");

        assertThat(decide(mine, claim("a", "mail", false, 1))).isEqualTo(HELD_IN_NAMESPACE);
        assertThat(decide(claim("c", "mail", false, 9), mine)).isEqualTo(HELD_IN_NAMESPACE);
    }

    @Test
    void aParkedClaimInheritsNothingUnlessTheGrantNamesTheDomain() {
        Claim mine = claim("b", "mail", false, 2);

        assertThat(Claims.decide(mine, List.of(), true, false)).isEqualTo(HELD_ELSEWHERE);
        assertThat(Claims.decide(mine, List.of(), true, true)).isEqualTo(HELD);
        assertThat(Claims.decide(mine, List.of(claim("a", "elsewhere", false, 1)), true, true))
                .isEqualTo(HELD_ELSEWHERE);
    }

    @Test
    void anIncumbentIsNotParked() {
        assertThat(Claims.decide(claim("a", "mail", true, 1), List.of(), true, false))
                .isEqualTo(HELD);
    }

    @Property(tries = 500)
    void ofAnyClaimsInOneAccountExactlyOneHolds(@ForAll("claims") List<Claim> claims) {
        long holders = claims.stream()
                .filter(claim -> Claims.decide(claim, claims, false, false) == HELD)
                .count();

        assertThat(holders).isEqualTo(1);
    }

    /** In whatever order they are looked at: none that is younger goes ahead, and once all are known one holds. */
    @Property(tries = 500)
    void whoeverIsNotLookedAtYetIsWaitedForByThoseThatItWouldComeBefore(
            @ForAll("claims") List<Claim> claims, @ForAll @IntRange(max = 63) int looked) {
        List<Claim> known = new ArrayList<>();
        List<Claim> unknown = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            boolean counts = claims.get(i).tenure().compareTo(Claim.Tenure.TAKING) <= 0 || (looked >> i & 1) == 1;
            (counts ? known : unknown).add(claims.get(i));
        }
        Claim best = claims.stream().min(Claim.PRECEDENCE).orElseThrow();
        for (Claim mine : claims) {
            Claims.ClaimDecision verdict = Claims.decide(mine, known, unknown, false, false);
            if (mine.equals(best)) {
                assertThat(verdict).isEqualTo(HELD);
            } else {
                assertThat(verdict).isNotEqualTo(HELD);
            }
        }
    }

    @Provide
    Arbitrary<List<Claim>> claims() {
        return Combinators.combine(
                        Arbitraries.strings().numeric().ofLength(4),
                        Arbitraries.of("mail", "elsewhere"),
                        Arbitraries.of(Claim.Tenure.class),
                        Arbitraries.integers().between(1, 3))
                .<Claim>as(ClaimsTest::claim)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .uniqueElements(Claim::uid);
    }
}
