package io.maildomain.operator.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class RedactorTest {

    private final Redactor redactor = new Redactor();

    @Example
    void aProtectedValueIsMaskedWhereverItStands() {
        redactor.protect("simulator-token-that-may-do-everything-00");
        assertThat(redactor.clean("GET /x?t=simulator-token-that-may-do-everything-00&u=1"))
                .isEqualTo("GET /x?t=***&u=1");
    }

    @Example
    void whatIsNotSecretIsLeftAlone() {
        redactor.protect("simulator-token-that-may-do-everything-00");
        String line =
                "zone 023e105f4ecef8ad9ca31a8372d0c353 of account 0123456789abcdef0123456789abcdef is bearer of news";
        assertThat(redactor.clean(line)).isEqualTo(line);
    }

    @Example
    void aValueInsideAJsonStringIsMaskedToo() {
        redactor.protect("with\"quote\\and/slash");
        assertThat(redactor.clean("{\"m\":\"a with\\\"quote\\\\and/slash b\"}")).isEqualTo("{\"m\":\"a *** b\"}");
        assertThat(redactor.clean("{\"m\":\"a with\\\"quote\\\\and\\/slash b\"}"))
                .isEqualTo("{\"m\":\"a *** b\"}");
    }

    @Example
    void anAuthorizationHeaderIsMaskedInEveryNotation() {
        assertThat(redactor.clean("Authorization: Bearer abc.def-123")).isEqualTo("Authorization: ***");
        assertThat(redactor.clean("authorization=abc")).isEqualTo("authorization=***");
        assertThat(redactor.clean("{\\\"Authorization\\\":\\\"Bearer abc\\\"}")).doesNotContain("abc");
        assertThat(redactor.clean("[Authorization: Basic dXNlcjpwYXNz] next")).isEqualTo("[Authorization: ***] next");
        assertThat(redactor.clean("sent Bearer abcdefgh12345678 there")).isEqualTo("sent Bearer *** there");
    }

    @Example
    void cloudflaresPrefixedTokensAreKnownByTheirForm() {
        assertThat(redactor.clean("cfut_0123456789abcdef0123 and cfat_0123456789, cfk_123456789"))
                .isEqualTo("*** and ***, ***");
    }

    @Example
    void aLongerSecretThatContainsAShorterOneIsMaskedAsAWhole() {
        redactor.protect("inner-secret");
        redactor.protect("outer-inner-secret-outer");
        assertThat(redactor.clean("x outer-inner-secret-outer y inner-secret z"))
                .isEqualTo("x *** y *** z");
    }

    @Example
    void blankAndShortValuesAreIgnored() {
        redactor.protect(null);
        redactor.protect("  ");
        redactor.protect("rule");
        assertThat(redactor.clean("a rule is a rule")).isEqualTo("a rule is a rule");
    }

    @Example
    void memoryIsBoundedAndTheNewestAreKept() {
        for (int number = 0; number <= Redactor.MOST; number++) {
            redactor.protect("token-number-%05d".formatted(number));
        }
        assertThat(redactor.clean("token-number-%05d".formatted(Redactor.MOST))).isEqualTo("***");
        assertThat(redactor.clean("token-number-00000")).isEqualTo("token-number-00000");
    }

    @Property
    void noProtectedValueSurvives(
            @ForAll @AlphaChars @Chars({'-', '_', '"', '\\', '/'}) @StringLength(min = 8, max = 60) String secret,
            @ForAll String before,
            @ForAll String after) {
        Redactor own = new Redactor();
        own.protect(secret);
        assertThat(own.clean(before + secret + after)).doesNotContain(secret);
        assertThat(own.toString()).doesNotContain(secret);
    }

    @Example
    void otherSecretsAreMaskedAndMakeNoTokenBeForgotten() {
        redactor.protect("a-token-of-the-operator");
        for (int i = 0; i < Redactor.MOST + 10; i++) {
            redactor.protectOther("a-secret-of-a-worker-%05d".formatted(i));
            redactor.protectOther("told-again-and-again");
        }
        assertThat(redactor.clean("a-token-of-the-operator a-secret-of-a-worker-02009"))
                .isEqualTo("*** ***");
        assertThat(redactor.clean("told-again-and-again")).isEqualTo("***");
        assertThat(redactor.toString()).as("no more than may be").contains("501");
    }

    @Example
    void aKeyOfSeveralLinesIsMaskedAsJsonHasIt() {
        redactor.protectOther("-----BEGIN KEY-----\nMIIEvQIBADAN\n-----END KEY-----");
        assertThat(redactor.clean("{\"m\":\"got -----BEGIN KEY-----\\nMIIEvQIBADAN\\n-----END KEY-----\"}"))
                .isEqualTo("{\"m\":\"got ***\"}");
    }

    @Example
    void ofALongSecretTheBeginningIsMaskedAndNoMoreIsKept() {
        redactor.protectOther("x".repeat(Redactor.LONGEST_OTHER) + "y".repeat(Redactor.LONGEST_OTHER));
        assertThat(redactor.clean("x".repeat(Redactor.LONGEST_OTHER) + "yy")).isEqualTo("***yy");
    }
}
