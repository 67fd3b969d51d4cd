package io.maildomain.operator.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
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
    @ValueSource(strings = {"[mdo:us]", "words [mdo:us]", "[mdo:us] renamed by a user", "[mdo:others] [mdo:us]"})
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

    @Test
    void theSealOfWhatStoodThereBeforeStandsBeforeTheMark() {
        ContentHash seal = ContentHash.of("a@example.com", "id", "by hand", true, 0, "forward", "boss@corp.example");
        String name = mark.name("x".repeat(400), seal);

        assertThat(name).hasSize(256).endsWith(" [was:" + seal.text() + "] [mdo:us]");
        assertThat(mark.isOn(name)).isTrue();
        assertThat(mark.sealIn(name)).contains(seal);
        assertThat(mark.sealed(mark.name("mail/one"), seal)).isEqualTo(mark.name("mail/one", seal));
        assertThat(mark.sealed(mark.name("mail/one", ContentHash.of("other")), seal))
                .isEqualTo(mark.name("mail/one", seal));
    }

    @Test
    void aSealCountsInANameOfOursAlone() {
        ContentHash seal = ContentHash.of("x");

        assertThat(mark.sealIn(new OwnerMark("others").name("y", seal))).isEmpty();
        assertThat(mark.sealIn("y [was:" + seal.text() + "]")).isEmpty();
        assertThat(mark.sealIn(mark.name("y"))).isEmpty();
        assertThat(mark.sealIn("[was:123] [mdo:us]")).isEmpty();
    }

    @Test
    void whatDiffersHasAnotherSeal() {
        assertThat(ContentHash.of("ab", "c")).isNotEqualTo(ContentHash.of("a", "bc"));
        assertThat(ContentHash.of("a", null)).isEqualTo(ContentHash.of("a", "")).isNotEqualTo(ContentHash.of("a"));
        assertThat(ContentHash.of("a", true)).isNotEqualTo(ContentHash.of("a", false));
    }

    @Test
    void aNameIsRenewedWithWhatElseStandsInIt() {
        ContentHash seal = new ContentHash("0123456789abcdef0123456789abcdef");

        assertThat(mark.renewed("mail/x [mdo:former]")).isEqualTo("mail/x [mdo:us]");
        assertThat(mark.renewed(new OwnerMark("former").name("mail/x", seal))).isEqualTo(mark.name("mail/x", seal));
        assertThat(mark.renewed("mail/x [mdo:us]")).isEqualTo("mail/x [mdo:us]");
    }

    @Test
    void theMakerIsReadFromTheWordsBeforeTheMark() {
        assertThat(OwnerMark.makerIn("mail/example-com [mdo:us]")).contains("mail/example-com");
        assertThat(OwnerMark.makerIn("[mdo:us]")).isEmpty();
        assertThat(OwnerMark.makerIn("Sales / marketing [mdo:us]")).isEmpty();
    }

    @Test
    void theIdOfTheFirstReleaseCountsForOurResourcesOnly() {
        OwnerMark upgraded = new OwnerMark("us", "kube", Set.of("mail/x"));

        assertThat(upgraded.isOn("mail/x [mdo:kube]")).isTrue();
        assertThat(upgraded.isForeignOn("mail/x [mdo:kube]")).isFalse();
        assertThat(upgraded.isOn("mail/y [mdo:kube]")).isFalse();
        assertThat(upgraded.isForeignOn("mail/y [mdo:kube]")).isTrue();
        assertThat(new OwnerMark("us").isOn("mail/x [mdo:]")).isFalse();
    }
}
