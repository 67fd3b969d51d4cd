package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "EXAMPLE.com, example.com",
        "example.com., example.com",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.EXAMPLE, xn--bcher-kva.example",
        "bücher.example., xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "*.bücher.example, *.xn--bcher-kva.example",
        "_dmarc.bücher.example, _dmarc.xn--bcher-kva.example",
        "cf2024-1._domainkey.bücher.example, cf2024-1._domainkey.xn--bcher-kva.example",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "ｅｘａｍｐｌｅ．com, example.com",
        "💩.la, xn--ls8h.la",
        "@, @"
    })
    void aNameHasOneForm(String name, String ascii) {
        assertThat(HostNames.ascii(name)).isEqualTo(ascii);
    }

    /** IDNA 2003 took them for ss and σ: then one domain's answer would be taken for another domain's. */
    @ParameterizedTest
    @CsvSource({"straße.example, xn--strae-oqa.example", "ας.example, xn--mxa8a.example"})
    void lettersThatIdna2003FoldedStayThemselves(String name, String ascii) {
        assertThat(HostNames.ascii(name)).isEqualTo(ascii);
        assertThat(HostNames.same("straße.example", "strasse.example")).isFalse();
        assertThat(HostNames.same("ας.example", "ασ.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "ü..example", "xn--99999999999.example", "ü/b.example", "ü%41.example", "ü b"})
    void whatIsNoNameIsLeftAloneAndNeverThrows(String name) {
        assertThat(HostNames.ascii(name)).isNotNull();
        assertThat(HostNames.same(name, "example.com")).isFalse();
    }

    @Test
    void aLabelThatIsTooLongIsLeftAlone() {
        String name = "ü".repeat(70) + ".example";
        assertThat(HostNames.ascii(name)).isEqualTo(name);
    }

    @Test
    void percentSignsAreNotDecoded() {
        assertThat(HostNames.ascii("ü%41.example")).isEqualTo("ü%41.example");
    }

    @ParameterizedTest
    @CsvSource({
        "Team@BÜCHER.example, Team@xn--bcher-kva.example",
        "müller@bücher.example, müller@xn--bcher-kva.example",
        "a@b@bücher.example, a@b@xn--bcher-kva.example",
        "no-address, no-address"
    })
    void ofAnAddressOnlyTheDomainChanges(String address, String ascii) {
        assertThat(HostNames.asciiAddress(address)).isEqualTo(ascii);
    }

    @Property(tries = 300)
    void noTextIsTooMuch(@ForAll String text) {
        String once = HostNames.ascii(text);
        assertThat(once).isNotNull();
        assertThat(HostNames.asciiAddress(text)).isNotNull();
        if (once.chars().allMatch(c -> c < 128)) {
            assertThat(HostNames.ascii(once.toUpperCase(Locale.ROOT))).isEqualTo(HostNames.ascii(once));
        }
    }
}
