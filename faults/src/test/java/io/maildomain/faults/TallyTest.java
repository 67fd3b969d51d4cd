package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.faults.Result.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TallyTest {

    private static final StateSnapshot END = new StateSnapshot(List.of());
    private static final CallSpot FIRST_LOOK = new CallSpot("GET", "/zones/{zone_id}/dns_records", "made.example", 1);
    private static final CallSpot NEXT_LOOK = new CallSpot("GET", "/zones/{zone_id}/dns_records", "made.example", 2);
    private static final CallSpot PERHAPS_KNOWN = new CallSpot("GET", "/zones/{zone_id}", "made.example", 1);
    private static final CallSpot OF_A_SWEEP = new CallSpot("GET", "/accounts/{account_id}/email/routing/rules", "", 1);
    private static final CallSpot SECOND_WRITE = new CallSpot("POST", "/zones", "", 2);

    private static Case at(FaultInjection trap) {
        return new Case(new CleanRun(Phase.DELETE, List.of(), List.of(), END), trap);
    }

    private static Stream<FaultInjection> trapsAt(CallSpot... spots) {
        return Stream.of(spots)
                .flatMap(spot ->
                        Stream.of(new CallFault(spot, FaultKind.values()[0]), new KillAtCall(spot, Timing.BEFORE)));
    }

    private static Stream<FaultInjection> whatComesInEveryRun() {
        return trapsAt(FIRST_LOOK, SECOND_WRITE);
    }

    @ParameterizedTest
    @MethodSource("whatComesInEveryRun")
    void aFirstLookAndEveryWriteMustCome(FaultInjection trap) {
        assertThat(at(trap).notMet()).isEqualTo(Verdict.NOT_MET);
    }

    private static Stream<FaultInjection> whatDependsOnTheMoment() {
        return trapsAt(NEXT_LOOK, PERHAPS_KNOWN, OF_A_SWEEP);
    }

    @ParameterizedTest
    @MethodSource("whatDependsOnTheMoment")
    void aLookHadAgainOrPerhapsKnownOrOfASweepMayBeLeftOut(FaultInjection trap) {
        assertThat(at(trap).notMet()).isEqualTo(Verdict.LEFT_OUT);
    }

    @Test
    void whatIsLeftOutIsNoCaseAndIsCountedApart() {
        Tally tally = new Tally();
        List<Case> cases = Stream.of(FIRST_LOOK, NEXT_LOOK)
                .map(spot -> at(new CallFault(spot, FaultKind.values()[0])))
                .toList();
        cases.forEach(tally::expect);
        tally.tell(new Result(cases.get(0).toString(), Verdict.CONVERGED, Duration.ofSeconds(2), List.of()));
        tally.tell(new Result(cases.get(1).toString(), Verdict.LEFT_OUT, Duration.ofSeconds(1), List.of()));

        assertThat(tally.summary())
                .startsWith("cases: 1, converged: 1, kept in doubt: 0, left out: 1\nslowest: 2.0 s, " + cases.get(0));
    }
}
