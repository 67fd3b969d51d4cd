package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CleanRunTest {

    private static final StateSnapshot END = new StateSnapshot(List.of());
    private static final String RULES = "/zones/{zone_id}/email/routing/rules";
    private static final CallSpot LOOK = new CallSpot("GET", RULES, "made.example", 1);
    private static final CallSpot NEXT_LOOK = new CallSpot("GET", RULES, "made.example", 2);
    private static final CallSpot ZONE = new CallSpot("GET", "/zones/{zone_id}", "made.example", 1);
    private static final CallSpot WRITE = new CallSpot("PUT", "/zones/{zone_id}/email/routing/rules/catch_all", "", 1);
    private static final CallSpot WRITE_AGAIN =
            new CallSpot("PUT", "/zones/{zone_id}/email/routing/rules/catch_all", "", 2);

    private static CleanRun with(CallSpot... calls) {
        return new CleanRun(Phase.CREATE, List.of(calls), List.of(), END);
    }

    @Test
    void aLookThatOnlyOneRunHasOnceMoreIsNoPartOfWhatTheyHaveInCommon() {
        CleanRun common = with(LOOK, NEXT_LOOK, WRITE).and(with(LOOK, WRITE));

        assertThat(common.calls()).containsExactly(LOOK, WRITE);
    }

    @Test
    void whoWritesOnceMoreInOneOfTheRunsIsCaught() {
        assertThatThrownBy(() -> with(LOOK, WRITE, WRITE_AGAIN).and(with(LOOK, WRITE)))
                .hasMessageContaining(WRITE_AGAIN.toString());
        assertThatThrownBy(() -> with(LOOK, WRITE).and(with(LOOK, WRITE, WRITE_AGAIN)))
                .hasMessageContaining(WRITE_AGAIN.toString());
    }

    @Test
    void aLookThatOneOfTheRunsDoesNotHaveAtAllIsCaught() {
        assertThatThrownBy(() -> with(LOOK, WRITE).and(with(WRITE))).hasMessageContaining(LOOK.toString());
    }

    @Test
    void aLookAtTheZoneMayBeKnownFromBeforeInOneOfTheRuns() {
        assertThat(with(ZONE, LOOK, WRITE).and(with(LOOK, WRITE)).calls()).containsExactly(LOOK, WRITE);
    }
}
