package io.maildomain.operator.controller.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListWorthTest {

    @Test
    void aSingleDomainIsNotSwept() {
        assertThat(ListWorth.ofSweeping(1)).isFalse();
        assertThat(ListWorth.ofSweeping(2)).isTrue();
    }

    @Test
    void aListIsReadWhileItHasNoMorePagesThanReaders() {
        assertThat(ListWorth.ofReadingOn(20, 1000)).isTrue();
        assertThat(ListWorth.ofReadingOn(5, 5)).isTrue();
        assertThat(ListWorth.ofReadingOn(6, 5)).isFalse();
    }
}
