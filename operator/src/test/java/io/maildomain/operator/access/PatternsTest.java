package io.maildomain.operator.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {

    @ParameterizedTest
    @CsvSource({
        "example.com,   example.com,        true",
        "example.com,   in.example.com,     true",
        "example.com,   a.b.example.com,    true",
        "example.com,   notexample.com,     false",
        "example.com,   example.com.evil.org, false",
        "example.com,   com,                false",
        "EXAMPLE.com,   example.COM,        true",
        "*.co.uk,       shop.co.uk,         true",
        "*.co.uk,       in.shop.co.uk,      true",
        "*.co.uk,       co.uk,              false",
        "*.co.uk,       shop.ac.uk,         false",
        "*,             anything.example,   true",
        "ex*.com,       example.com,        false",
        "**,            example.com,        false",
        ".*,            example.com,        false",
        "example.com.,  example.com,        false",
    })
    void aDomainPatternCoversItsDomainAndWhatLiesBelow(String pattern, String domain, boolean covered) {
        assertThat(new DomainPattern(pattern).covers(domain)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "mailbox-*,      mailbox-1,             true",
        "mailbox-*,      mailbox-,              true",
        "mailbox-*,      my-mailbox-1,          false",
        "*@corp.example, team@corp.example,     true",
        "*@corp.example, team@evil.example,     false",
        "*@corp.example, team@corp.example.org, false",
        "*@corp.example, TEAM@Corp.Example,     true",
        "*,              anything,              true",
        "a*b*c,          abc,                   true",
        "a*b*c,          acb,                   false",
        "a.c,            abc,                   false",
        "[abc]*,         abc,                   false",
        "(a+)+$,         aaaa,                  false",
        "exact,          exact,                 true",
        "exact,          exactly,               false",
    })
    void aStarStandsForAnyRunOfCharactersAndNothingElseIsSpecial(String pattern, String text, boolean matches) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void aHostilePatternTakesNoTime() {
        String pattern = "*a".repeat(45);
        String text = "a".repeat(44) + "b".repeat(46);

        Assertions.assertThat(text).hasSize(90);
        assertThatCode(() -> org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(2),
                        () -> assertThat(Glob.matches(pattern, text)).isFalse()))
                .doesNotThrowAnyException();
    }

    /** Against the same pattern as a regular expression. */
    @Property(tries = 500)
    void globsMeanWhatTheirRegularExpressionsMean(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        String expression = pattern.toLowerCase(Locale.ROOT).replace("*", ".*");

        assertThat(Glob.matches(pattern, text))
                .isEqualTo(text.toLowerCase(Locale.ROOT).matches(expression));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("abA*").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abA").ofMaxLength(8);
    }
}
