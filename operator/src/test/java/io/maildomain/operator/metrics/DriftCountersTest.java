package io.maildomain.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** A rate needs the value before the first. */
class DriftCountersTest {

    @Test
    void eachKindThatCanDriftIsThereFromTheStart() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();

        new DriftCounters(meters);

        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag(Label.KIND.word()))
                .containsOnly("maildomain", "catchallrule", "mailworker", "mailsite")
                .hasSize(8);
    }
}
