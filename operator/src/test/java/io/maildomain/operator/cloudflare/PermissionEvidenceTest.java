package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.RightState;
import org.junit.jupiter.api.Test;

class PermissionEvidenceTest {

    private static final boolean READ = false;
    private static final boolean WRITE = true;
    private final PermissionEvidence none = PermissionEvidence.none();

    @Test
    void withoutAnyAnswerNothingIsKnown() {
        assertThat(none.standing()).isEqualTo(RightState.Unknown);
    }

    @Test
    void aReadProvesThatOneCanReadAndAWriteThatOneCanWrite() {
        assertThat(none.answered("a", READ).standing()).isEqualTo(RightState.Readable);
        assertThat(none.answered("a", WRITE).standing()).isEqualTo(RightState.Granted);
        assertThat(none.answered("a", WRITE).answered("a", READ).standing()).isEqualTo(RightState.Granted);
    }

    @Test
    void aRefusalWhereNothingWorkedMeansThatTheRightIsMissing() {
        assertThat(none.refused("a", READ).standing()).isEqualTo(RightState.Missing);
        assertThat(none.refused("a", WRITE).standing()).isEqualTo(RightState.Missing);
    }

    @Test
    void aRefusalForAnotherZoneIsThatZonesAffairAndNothingFlaps() {
        PermissionEvidence works = none.answered("a", WRITE);

        assertThat(works.refused("b", READ).standing()).isEqualTo(RightState.Granted);
        assertThat(works.refused("b", WRITE).standing()).isEqualTo(RightState.Granted);
        assertThat(none.answered("a", READ).refused("b", READ).standing()).isEqualTo(RightState.Readable);
    }

    @Test
    void aRefusalForAZoneThatWorkedMeansThatTheRightWasTakenAway() {
        PermissionEvidence works = none.answered("a", WRITE).answered("b", WRITE);

        assertThat(works.refused("a", READ).standing()).isEqualTo(RightState.Missing);
        assertThat(works.refused("a", WRITE).standing()).isEqualTo(RightState.Missing);
    }

    @Test
    void aRefusedWriteIsNotMadeUpForByReads() {
        PermissionEvidence readOnly = none.answered("a", READ).refused("a", WRITE);

        assertThat(readOnly.standing()).isEqualTo(RightState.Missing);
        assertThat(readOnly.answered("a", READ).standing()).isEqualTo(RightState.Missing);
        assertThat(readOnly.answered("a", WRITE).standing()).isEqualTo(RightState.Granted);
    }

    @Test
    void aRefusedReadIsMadeUpForByTheNextThatGoesThrough() {
        assertThat(none.refused("a", READ).answered("a", READ).standing()).isEqualTo(RightState.Readable);
    }

    @Test
    void forgettingRefusalsKeepsWhatWorked() {
        assertThat(none.answered("a", READ)
                        .refused("a", WRITE)
                        .withoutRefusals()
                        .standing())
                .isEqualTo(RightState.Readable);
        assertThat(none.refused("a", READ).withoutRefusals().standing()).isEqualTo(RightState.Unknown);
    }
}
