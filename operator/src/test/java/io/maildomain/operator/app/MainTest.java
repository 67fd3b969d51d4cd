package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.TokenPage;
import io.maildomain.operator.credentials.Surface;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionSaysWhichOperatorOnWhichJdk() {
        assertThat(execute("version")).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("mail-domain-operator \\d+\\.\\d+\\.\\d+.*");
        assertThat(out.toString()).contains("JDK " + System.getProperty("java.runtime.version"));
    }

    @Test
    void helpNamesTheVerbsAndRunsHelpItsFlags() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("run", "version");
        assertThat(execute("run", "--help")).isZero();
        assertThat(out.toString()).contains("--drift-interval", "0% to 90%", "docs/settings.md");
    }

    @Test
    void tokenUrlPrintsOneAddressForScriptsAndSaysElsewhereWhatItAsksFor() {
        assertThat(execute("token-url")).isZero();
        assertThat(out.toString().strip())
                .isEqualTo(TokenPage.ofUser(Surface.RUNTIME).toString());
        assertThat(err.toString()).contains("Zone: Zone: Edit · Zone: Email Routing Rules: Edit");

        out.getBuffer().setLength(0);
        assertThat(execute("token-url", "--surface=deploy", "--owner=account")).isZero();
        assertThat(out.toString().strip())
                .isEqualTo(TokenPage.ofAccount(Surface.DEPLOY).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | nonsense",
                "run --nonsense | --nonsense",
                "run --drift-interval=10 | --drift-interval",
                "run --cloudflare-api-base-url=http://api.example | --allow-insecure-api"
            })
    void aWrongCallIsExplainedInOneLineWithExitCodeTwo(String arguments, String words) {
        assertThat(execute(arguments.strip().split(" "))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(words.strip()).contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutAVerbTheVerbsAreNamed() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing verb");
    }

    @Test
    void aWrongVariableIsNamedAndAWrongFlagIsNotBlamedOnIt() {
        environment.put("MAILDOMAIN_DRIFT_INTERVAL", "soon");
        assertThat(execute("run")).isEqualTo(2);
        assertThat(err.toString()).contains("(from MAILDOMAIN_DRIFT_INTERVAL)");

        err.getBuffer().setLength(0);
        environment.put("MAILDOMAIN_DRIFT_INTERVAL", "10m");
        assertThat(execute("run", "--drift-interval", "soon")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("MAILDOMAIN_DRIFT_INTERVAL");
    }

    private int execute(String... arguments) {
        CommandLine line = Main.commandLine(
                surroundings -> {
                    throw new AssertionError("nothing may start");
                },
                environment::get);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
