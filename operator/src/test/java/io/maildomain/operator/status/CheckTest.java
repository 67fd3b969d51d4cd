package io.maildomain.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

    /** Some letters take two places in Java: half of one is no text, and no status. */
    @ParameterizedTest
    @ValueSource(ints = {509, 510, 511, 512, 513})
    void aMessageThatIsTooLongEndsBetweenTwoCharacters(int before) {
        Check check = Check.no(ConditionType.READY, Reason.ZonePending, "x".repeat(before) + "𐍈".repeat(20));

        assertThat(check.message()).endsWith("…").hasSizeBetween(510, 512);
        assertThat(check.message().codePoints()).noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
    }
}
