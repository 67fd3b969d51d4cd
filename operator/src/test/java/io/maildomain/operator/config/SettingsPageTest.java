package io.maildomain.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/** Holds {@code docs/settings.md} to the flags. With {@code -Dmaildomain.docs=write} it writes the page instead. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    private static final String HEAD = """
            # Settings of `run`

            <!-- Written by SettingsPageTest from the flags themselves: mvn -pl operator -am test -Dtest=SettingsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dmaildomain.docs=write -->

            Every flag has an environment variable. A flag wins over its variable, a variable over the default, the first variable over the second; a blank variable counts
            as absent. Durations are a whole number and a unit: `500ms`, `30s`, `10m`, `2h`, `1d`. Flags that are true or false may be given without a value, which means
            true. A wrong value ends the program with one line and exit code 2.

            Kubernetes gives pods a variable per Service (`MAILDOMAIN_HTTP_PORT` for a Service called `maildomain-http`): set `enableServiceLinks: false` on pods of the
            operator that share their namespace with such a Service.

            | flag | environment variable | default | what it does |
            |---|---|---|---|
            """;

    @Test
    void thePageSaysWhatTheFlagsSay() throws IOException {
        String page = HEAD + flags().stream().map(SettingsPageTest::row).collect(Collectors.joining("\n", "", "\n"));
        if ("write".equals(System.getProperty("maildomain.docs"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    @Test
    void everyFlagHasAVariableAndASentence() {
        assertThat(flags()).hasSizeGreaterThan(20).allSatisfy(flag -> {
            assertThat(Environment.names(flag).get(0)).matches("MAILDOMAIN_[A-Z_]+");
            assertThat(String.join("", flag.description())).endsWith(".");
        });
    }

    private static String row(OptionSpec flag) {
        String variables =
                Environment.names(flag).stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
        String byDefault = flag.defaultValue() == null ? "" : "`" + flag.defaultValue() + "`";
        return "| `%s %s` | %s | %s | %s |"
                .formatted(
                        flag.longestName(),
                        flag.paramLabel().replace("|", "\\|"),
                        variables,
                        byDefault,
                        String.join(" ", flag.description()).replace("%%", "%").replace("|", "\\|"));
    }

    private static List<OptionSpec> flags() {
        return new CommandLine(new Flags()).getCommandSpec().options();
    }

    @Command(name = "run")
    static final class Flags {
        @Mixin
        private final SettingsOptions options = new SettingsOptions();
    }
}
