package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tools/kubectl_complete-maildomain}: its lists are those of {@link Main}. */
class KubectlCompletionTest {

    private static final Path SCRIPT = Path.of("..", "tools", "kubectl_complete-maildomain");

    /** Verbs of the jar that only the cluster runs. */
    private static final Set<String> NOT_FOR_PEOPLE = Set.of("run", "check-uninstall");

    static Stream<String> verbs() {
        return commands().keySet().stream().filter(verb -> !NOT_FOR_PEOPLE.contains(verb));
    }

    @Test
    void firstComesAVerb() throws Exception {
        assertThat(words(complete("").map(line -> line.replaceFirst("\t.*", ""))))
                .isEqualTo(words(verbs()));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aVerbHasItsFlagsAndTheseTheirValues(String verb) throws Exception {
        assertThat(words(complete(verb, "--")))
                .isEqualTo(words(options(verb).stream().map(OptionSpec::longestName)));
        for (OptionSpec option : options(verb)) {
            for (String name : option.names()) {
                if (option.type().isEnum()) {
                    assertThat(words(complete(verb, name, "")))
                            .as(name)
                            .isEqualTo(words(Arrays.stream(option.type().getEnumConstants())
                                    .map(Object::toString)));
                }
            }
        }
    }

    @Test
    void onlyWhatGoesOnFromWhatIsTypedIsShown() throws Exception {
        assertThat(complete("tr")).singleElement().asString().startsWith("trace\t");
        assertThat(complete("--context", "one", "plan", "--output=m")).containsExactly("markdown");
        assertThat(complete("plan", "--file")).containsExactly("--filename");
        assertThat(complete("trace", "shop@")).isEmpty();
    }

    @Test
    void aFileIsLeftToTheShell() throws Exception {
        assertThat(run("plan", "-f", "")).isEqualTo(":0\n");
    }

    /** What may come next; that no file names may is the last line, which is not part of it. */
    private static Stream<String> complete(String... typed) throws Exception {
        List<String> lines = new ArrayList<>(run(typed).lines().toList());
        assertThat(lines.remove(lines.size() - 1)).isEqualTo(":4");
        return lines.stream();
    }

    private static String run(String... typed) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        line.addAll(List.of(typed));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Set<String> words(Stream<String> words) {
        return new TreeSet<>(words.toList());
    }

    private static List<OptionSpec> options(String verb) {
        return commands().get(verb).getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
    }

    private static Map<String, CommandLine> commands() {
        return Main.commandLine(
                        surroundings -> {
                            throw new AssertionError("nothing may start");
                        },
                        name -> null)
                .getSubcommands();
    }
}
