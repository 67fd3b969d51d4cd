package io.maildomain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingTest {

    @Test
    void aFurtherFlagComesInsteadOfTheOneOfItsName() {
        assertThat(Setting.hurried(10).with("--drift-interval=3s").operatorFlags())
                .contains("--drift-interval=3s")
                .filteredOn(flag -> flag.startsWith("--drift-interval="))
                .hasSize(1);
    }

    @Test
    void mailboxesAreOnInTheChartWhereTheyAreInTheFlags() {
        assertThat(Setting.unlimited().chartValues()).isEmpty();
        assertThat(Setting.unlimited().withMailboxes().chartValues()).containsOnlyKeys("mailboxes");
        assertThat(Setting.unlimited().withMailboxes().operatorFlags()).contains("--mailboxes=true");
    }
}
