package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.RightStanding.GRANTED;
import static io.maildomain.operator.cloudflare.RightStanding.MISSING;
import static io.maildomain.operator.cloudflare.RightStanding.READABLE;
import static io.maildomain.operator.cloudflare.RightStanding.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RightEvidenceTest {

    private static final boolean READ = false;
    private static final boolean WRITE = true;
    private final RightEvidence none = RightEvidence.none();

    @Test
    void withoutAnyAnswerNothingIsKnown() {
        assertThat(none.standing()).isEqualTo(UNKNOWN);
    }

    @Test
    void aReadProvesThatOneCanReadAndAWriteThatOneCanWrite() {
        assertThat(none.answered("a", READ).standing()).isEqualTo(READABLE);
        assertThat(none.answered("a", WRITE).standing()).isEqualTo(GRANTED);
        assertThat(none.answered("a", WRITE).answered("a", READ).standing()).isEqualTo(GRANTED);
    }

    @Test
    void aRefusalWhereNothingWorkedMeansThatTheRightIsMissing() {
        assertThat(none.refused("a", READ).standing()).isEqualTo(MISSING);
        assertThat(none.refused("a", WRITE).standing()).isEqualTo(MISSING);
    }

    @Test
    void aRefusalForAnotherZoneIsThatZonesAffairAndNothingFlaps() {
        RightEvidence works = none.answered("a", WRITE);

        assertThat(works.refused("b", READ).standing()).isEqualTo(GRANTED);
        assertThat(works.refused("b", WRITE).standing()).isEqualTo(GRANTED);
        assertThat(none.answered("a", READ).refused("b", READ).standing()).isEqualTo(READABLE);
    }

    @Test
    void aRefusalForAZoneThatWorkedMeansThatTheRightWasTakenAway() {
        RightEvidence works = none.answered("a", WRITE).answered("b", WRITE);

        assertThat(works.refused("a", READ).standing()).isEqualTo(MISSING);
        assertThat(works.refused("a", WRITE).standing()).isEqualTo(MISSING);
    }

    @Test
    void aRefusedWriteIsNotMadeUpForByReads() {
        RightEvidence readOnly = none.answered("a", READ).refused("a", WRITE);

        assertThat(readOnly.standing()).isEqualTo(MISSING);
        assertThat(readOnly.answered("a", READ).standing()).isEqualTo(MISSING);
        assertThat(readOnly.answered("a", WRITE).standing()).isEqualTo(GRANTED);
    }

    @Test
    void aRefusedReadIsMadeUpForByTheNextThatGoesThrough() {
        assertThat(none.refused("a", READ).answered("a", READ).standing()).isEqualTo(READABLE);
    }

    @Test
    void forgettingRefusalsKeepsWhatWorked() {
        assertThat(none.answered("a", READ)
                        .refused("a", WRITE)
                        .withoutRefusals()
                        .standing())
                .isEqualTo(READABLE);
        assertThat(none.refused("a", READ).withoutRefusals().standing()).isEqualTo(UNKNOWN);
    }
}
