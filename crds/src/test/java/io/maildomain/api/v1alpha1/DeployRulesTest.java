package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The patterns of what is deployed, which mean the same to Java as to the API server. */
class DeployRulesTest {
    private static final Pattern MATCHES = Pattern.compile("self\\.matches\\('(.*?)'\\)");
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    private static boolean accepts(String rule, String text) {
        Matcher matches = MATCHES.matcher(rule);
        assertThat(matches.find()).isTrue();
        return Pattern.compile(matches.group(1)).matcher(text).find();
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "dist/worker", ".output/public", "a/..b/c", "node_modules/@acme/x.js"})
    void aPathStaysInsideItsSource(String path) {
        assertThat(accepts(Cel.IS_PATH, path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "...", "/a", "a/", "a//b", "../a", "a/..", "a/../b", "./a", "a/./b", "a\\b", "a b",
                "a\nb", "C:"
            })
    void aPathThatLeadsOutIsRefused(String path) {
        assertThat(accepts(Cel.IS_PATH, path)).isFalse();
    }

    @Test
    void migrationsMayStandAtTheTop() {
        assertThat(Cel.IS_FOLDER).isEqualTo("self == '.' || " + Cel.IS_PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghcr.io/acme/mailbox",
                "ghcr.io/acme/mailbox:v1.2",
                "localhost:5000/mailbox:v1",
                "mailbox",
                "acme/mail_box__x/y-z:latest"
            })
    void aReferenceMayHaveATagOrADigestOrBoth(String reference) {
        assertThat(accepts(Cel.IS_OCI_REFERENCE, reference)).isTrue();
        assertThat(accepts(Cel.IS_OCI_REFERENCE, reference + "@" + DIGEST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci://ghcr.io/acme/mailbox",
                "https://ghcr.io/acme/mailbox",
                "ghcr.io/Acme/mailbox",
                "ghcr.io/acme/mailbox@sha256:0123",
                "ghcr.io/acme/mailbox@md5:0123",
                "ghcr.io/acme/../mailbox",
                "user@ghcr.io/acme/mailbox",
                "ghcr.io/acme/mailbox:",
                "ghcr.io//mailbox",
                "ghcr.io/acme/mailbox?x"
            })
    void whatIsNoReferenceIsRefused(String reference) {
        assertThat(accepts(Cel.IS_OCI_REFERENCE, reference)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com/api/*, true",
        "example.com/*, true",
        "*.example.com/*, true",
        "*example.com/*, true",
        "example.com*, true",
        "example.com, true",
        "example.com/a.b-c_d~e/%20, true",
        "https://example.com/*, false",
        "example.com/*/api, false",
        "ex*ample.com/*, false",
        "*, false",
        "*/*, false",
        "Example.com/*, false",
        "example.com/a?b, false",
        "example.com:8080/*, false",
        "user@example.com/*, false",
        "10.0.0.1/*, false",
    })
    void aRouteIsAHostAndAPathWithAsterisksAtTheEnds(String pattern, boolean accepted) {
        assertThat(accepts(Cel.IS_ROUTE, pattern)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, true",
        "https://api.example.com/health?deep=1, true",
        "http://api.example.com/health, false",
        "https://api.example.com:8443/health, false",
        "https://api.example.com@10.0.0.1/, false",
        "https://10.0.0.1/, false",
        "https://localhost/, false",
        "https://api.example.com\\@evil.example/, false",
        "https://api.example.com?x, false",
        "'https://api.example.com/a b', false",
        "'https://api.example.com/a%20b?c=(d),e', true",
        "https://api.example.com/a%zz, false",
        "https://api.example.com/{id}, false",
        "https://api.example.com/a|b, false",
        "https://api.example.com/a^b, false",
        "https://api.example.com/a\\\\b, false",
        "'https://api.example.com/a\"b', false",
        "https://api.example.com/a[1], false",
        "https://api.example.com/a#b, false",
    })
    void aProbeAsksAHostByHttpsAndNothingElse(String url, boolean accepted) {
        assertThat(accepts(Cel.IS_PROBE, url)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"2026-04-01, true", "2026-13-01, false", "2026-4-1, false", "1999-01-01, false", "2026-04-32, false"})
    void aCompatibilityDateIsADay(String date, boolean accepted) {
        assertThat(accepts(Cel.IS_DATE, date)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"DB, true", "_x$1, true", "1DB, false", "MAIL-DB, false", "a.b, false", "'', false"})
    void aBindingIsAnIdentifierOfJavaScript(String name, boolean accepted) {
        assertThat(accepts(Cel.IS_BINDING, name)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"d1_migrations, true", "mails, true", "'x; DROP TABLE y', false", "\"x\", false", "1x, false"})
    void aTableNeedsNoQuotes(String table, boolean accepted) {
        assertThat(accepts(Cel.IS_TABLE, table)).isEqualTo(accepted);
    }
}
