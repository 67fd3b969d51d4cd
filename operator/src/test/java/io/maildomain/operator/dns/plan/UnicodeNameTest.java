package io.maildomain.operator.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.IDN;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeNameTest {

    @ParameterizedTest
    @CsvSource({
        "xn--bcher-kva.example, bücher.example",
        "in.xn--bcher-kva.xn--fiqs8s, in.bücher.中国",
        "xn--strae-oqa.example, straße.example",
        "xn--3e0b707e.example, 한국.example",
    })
    void bothFormsAreShown(String domain, String unicode) {
        assertThat(UnicodeName.of(domain)).contains(unicode);
        assertThat(UnicodeName.shown(domain)).isEqualTo(domain + " (" + unicode + ")");
    }

    /** In a sentence they would put the words behind them in another order. */
    @Test
    void lettersThatAreReadFromTheRightStandInNoSentence() {
        assertThat(UnicodeName.of("xn--mgbh0fb.example")).contains("مثال.example");
        assertThat(UnicodeName.shown("xn--mgbh0fb.example")).isEqualTo("xn--mgbh0fb.example");
    }

    /** A filler, a joiner or a selector behind an ü. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "xn--tda405f",
                "xn--tda605f",
                "xn--tda898v",
                "xn--tda0941k",
                "xn--tda40j",
                "xn--tda8860k",
                "xn--tda03164p"
            })
    void lettersThatAreNotSeenAreNone(String label) {
        assertThat(UnicodeName.of(label + ".example")).isEmpty();
    }

    /** No punycode, or letters that are not seen: a dot of another script, a mark that turns the line around, a capital. */
    @ParameterizedTest
    @ValueSource(strings = {"example.com", "xn--.com", "xn--99999999.com", "xn--a-ecp.com", "xn--bcher-!.com"})
    void whatIsNoOtherFormIsLeftAsItIs(String domain) {
        assertThat(UnicodeName.shown(domain)).isEqualTo(domain);
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.strings()
                .withChars("äöüéñçабвгд中国한국")
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Property(tries = 300)
    void whatTheJdkEncodesIsDecoded(@ForAll("labels") String label) {
        String ascii = IDN.toASCII(label);

        assertThat(UnicodeName.of(ascii).orElse(ascii)).isEqualTo(IDN.toUnicode(ascii));
    }

    @Property(tries = 500)
    void noLabelIsTooOdd(@ForAll String label) {
        assertThatCode(() -> UnicodeName.shown("xn--" + label + ".com")).doesNotThrowAnyException();
        assertThat(UnicodeName.of("xn--" + label).orElse(""))
                .doesNotContainPattern("\\p{Cntrl}|[\\u202a-\\u202e\\u2066-\\u2069]");
    }
}
