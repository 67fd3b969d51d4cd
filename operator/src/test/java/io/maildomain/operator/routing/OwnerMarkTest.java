package io.maildomain.operator.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerMarkTest {

    private final OwnerMark mark = new OwnerMark("us");

    @Test
    void theMarkStandsBehindHumanWords() {
        assertThat(mark.name("mail/example-com")).isEqualTo("mail/example-com [mdo:us]");
        assertThat(mark.name("")).isEqualTo("[mdo:us]");
        assertThat(mark.name("  ")).isEqualTo("[mdo:us]");
    }

    @Test
    void longWordsGiveWayToTheMark() {
        String name = mark.name("x".repeat(400));

        assertThat(name).hasSize(256);
        assertThat(mark.isOn(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[mdo:us]", "words [mdo:us]", "[mdo:us] renamed by somebody", "[mdo:others] [mdo:us]"})
    void ourMarkIsFoundWhereverItStands(String name) {
        assertThat(mark.isOn(name)).isTrue();
        assertThat(mark.isForeignOn(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[mdo:others]", "[mdo:us] [mdo:others]", "[mdo:us-too]", "[mdo:US]"})
    void theMarkOfAnotherInstallationIsForeign(String name) {
        assertThat(mark.isOn(name)).isFalse();
        assertThat(mark.isForeignOn(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us", "mdo:us", "[mdo:]", "[mdo:us", "[mdo: us]", "[MDO:us]", "[mdo:u/s]"})
    void anythingElseIsNoMark(String name) {
        assertThat(mark.isOn(name)).isFalse();
        assertThat(mark.isForeignOn(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "]", "a]b", "[mdo:x]"})
    void anOwnerIdThatCouldBreakOutOfTheMarkIsRefused(String id) {
        assertThatThrownBy(() -> new OwnerMark(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOwnerIdHasAtMost64Characters() {
        assertThat(new OwnerMark("x".repeat(64)).isOn(new OwnerMark("x".repeat(64)).name("y")))
                .isTrue();
        assertThatThrownBy(() -> new OwnerMark("x".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }
}
