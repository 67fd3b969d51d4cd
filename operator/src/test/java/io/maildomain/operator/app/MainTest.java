package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.TokenPage;
import io.maildomain.operator.credentials.Surface;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    @ParameterizedTest
    @CsvSource({"version, 1", "token-url, 1", "plan --help, 1", "trace --help, 2", "check-tokens --help, 2"})
    void whatCannotBePrintedIsNoSuccess(String arguments, int code) {
        PrintWriter full = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });

        assertThat(Main.execute(line(), full, new PrintWriter(err, true), arguments.split(" ")))
                .isEqualTo(code);
        assertThat(err.toString()).endsWith("error: what was printed could not be written to the standard output\n");
    }

    /** YAML and JSON are UTF-8; a locale that knows no letters, as in many containers, would put question marks there. */
    @Test
    void whatIsPrintedToAFileIsUtf8WhateverTheLocale() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "token-url");
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(said).contains("Zone: Zone: Edit · Zone: ");
    }

    /** Of trace and check-tokens 1 is an answer, of plan 2 is. */
    @ParameterizedTest
    @CsvSource({"run, 1", "import, 1", "plan, 1", "check-tokens, 2", "trace, 2"})
    void aFaultOfOursIsNoAnswerOfTheVerb(String verb, int code) {
        assertThat(line().getSubcommands().get(verb).getCommandSpec().exitCodeOnExecutionException())
                .isEqualTo(code);
    }

    private int execute(String... arguments) {
        return Main.execute(line(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private CommandLine line() {
        return Main.commandLine(
                surroundings -> {
                    throw new AssertionError("nothing may start");
                },
                environment::get);
    }
}
