package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tools/kubectl-maildomain}, with programs in place of java and kubectl that say what they were given. */
class KubectlPluginTest {

    private static final Path TOOLS = Path.of("..", "tools").toAbsolutePath().normalize();

    /** In a block, or in running text. */
    private static final Pattern DOCUMENTED =
            Pattern.compile("(?m)(?:^(?:\\$ )?|`)kubectl maildomain ([a-z][^`\n|>#]*)");

    private static final String TYPED = "-Dmaildomain.program=kubectl maildomain";

    private static final String IN_OUR_IMAGE = "java|-XX:+UseSerialGC|-XX:TieredStopAtLevel=1|-Xmx64m|-Xss512k|" + TYPED
            + "|-cp|@/app/jib-classpath-file|io.maildomain.operator.app.Main";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private Path input = Path.of("/dev/null");

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void programsThatSayWhatTheyWereGiven() throws IOException {
        program("java", """
                if [ "$1" = -version ]; then
                  echo "openjdk version \\"${JAVA_RELEASE:-17.0.9}\\" 2023-10-17" >&2
                  exit 0
                fi
                printf 'java'
                printf '|%s' "$@"
                exit "${ENDS_WITH:-0}"
                """);
        program("kubectl", """
                case " $* " in
                  *" get pods "*)
                    printf '%s\\n' "$*" >"$ASKED"
                    printf "$PODS"
                    exit "${GET_ENDS_WITH:-0}"
                    ;;
                esac
                printf 'kubectl'
                printf '|%s' "$@"
                case " $* " in *" --stdin "*) echo; cat ;; esac
                exit "${ENDS_WITH:-0}"
                """);
        Files.writeString(folder.resolve("operator.jar"), "");
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("MAILDOMAIN_JAR", folder.resolve("operator.jar").toString());
        environment.put("PODS", "gone-1 2026-11-30T00:00:00Z\\nmdo-2 \\nmdo-3 \\n");
        environment.put("ASKED", folder.resolve("asked").toString());
    }

    /** It runs a verb of the jar with the rest of the line. */
    @Test
    void everyDocumentedLineIsOneThatTheVerbsTake() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(TOOLS.resolveSibling("docs"))) {
            Stream<Path> all = Stream.concat(Stream.of(TOOLS.resolveSibling("README.md")), pages);
            for (Path page : all.filter(file -> file.toString().endsWith(".md")).toList()) {
                DOCUMENTED.matcher(Files.readString(page)).results().forEach(line -> lines.add(line.group(1)));
            }
        }

        assertThat(lines).hasSizeGreaterThan(4).allSatisfy(line -> Main.commandLine(
                        surroundings -> {
                            throw new AssertionError("nothing is run");
                        },
                        name -> null)
                .parseArgs(line.split("\\s+")));
    }

    @Test
    void theJarGetsEachArgumentAsItIsAndItsExitCodeIsKept() throws Exception {
        environment.put("ENDS_WITH", "7");

        Result result = plugin("trace", "a b*$HOME@x.example", "", "--account", "it's \"one\"");

        assertThat(result.out())
                .isEqualTo("java|" + TYPED + "|-jar|" + folder
                        + "/operator.jar|trace|a b*$HOME@x.example||--account|it's \"one\"");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theJarBesideThePluginIsFoundThroughALink() throws Exception {
        environment.remove("MAILDOMAIN_JAR");
        Path store = Files.createDirectories(folder.resolve("store/v1"));
        Files.copy(TOOLS.resolve("kubectl-maildomain"), store.resolve("kubectl-maildomain"));
        Files.setPosixFilePermissions(
                store.resolve("kubectl-maildomain"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(store.resolve("mail-domain-operator.jar"), "");
        Path link = Files.createSymbolicLink(
                folder.resolve("bin/kubectl-maildomain"), Path.of("../store/v1/kubectl-maildomain"));

        assertThat(run(link, "version").out()).endsWith("store/v1/mail-domain-operator.jar|version");
    }

    @Test
    void withoutJava17ItRunsInTheOperatorsPodAndArgumentsAndExitCodeAreKept() throws Exception {
        environment.put("JAVA_RELEASE", "1.8.0_392");
        environment.put("ENDS_WITH", "3");

        Result result = plugin("--operator-namespace", "ops", "trace", "a b*$HOME@x.example", "", "--output", "json");

        assertThat(result.out())
                .isEqualTo("kubectl|--namespace=ops|exec|mdo-2|--container=operator|--|" + IN_OUR_IMAGE
                        + "|trace|--account=default|a b*$HOME@x.example||--output|json");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains("no Java 17", "in Pod ops/mdo-2, with the token of CloudflareAccount default");
        assertThat(folder.resolve("asked"))
                .content()
                .contains("--selector=app.kubernetes.io/name=mail-domain-operator", "status.phase=Running");
    }

    @Test
    void anAccountThatIsNamedIsTheOneThatCounts() throws Exception {
        assertThat(plugin("--pod", "import", "--all", "--account=team").out()).endsWith("|import|--all|--account=team");
        assertThat(plugin("--pod", "check-tokens").out()).endsWith("|check-tokens");
    }

    @Test
    void aContextMeansItsClusterAndSoItsPod() throws Exception {
        assertThat(plugin("--context", "one two", "token-url").out())
                .isEqualTo("kubectl|--context=one two|--namespace=mail-system|exec|mdo-2|--container=operator|--|"
                        + IN_OUR_IMAGE + "|token-url");
    }

    @Test
    void anImageOfAnotherKindHasAJarThatIsNamed() throws Exception {
        environment.put("MAILDOMAIN_POD_JAR", "/opt/operator.jar");

        assertThat(plugin("--pod", "version").out()).endsWith("|-jar|/opt/operator.jar|version");
    }

    @Test
    void planSendsTheFilesOfThisMachineToThePod() throws Exception {
        environment.put("ENDS_WITH", "2");
        write("do mains/a.yaml", "kind: A\n");
        write("do mains/sub/b.yml", "kind: B\n");
        write("do mains/readme.txt", "no manifest\n");
        write("c.txt", "kind: C\n");

        Result result = plugin(
                "--pod", "plan", "-f", folder + "/do mains", "--filename=" + folder + "/c.txt", "-o", "markdown");

        assertThat(result.out())
                .isEqualTo("kubectl|--namespace=mail-system|exec|--stdin|mdo-2|--container=operator|--|" + IN_OUR_IMAGE
                        + "|plan|--filename=-|--account=default|-o|markdown\n"
                        + "\n---\nkind: A\n\n---\nkind: B\n\n---\nkind: C\n");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    /** Else the Pod would plan as if the rest was not there. */
    @Test
    void aFileThatCannotBeReadAfterAllSpoilsTheStream() throws Exception {
        program("cat", "case \"$*\" in *b.yaml) exit 1 ;; esac\nexec /bin/cat \"$@\"\n");
        write("all/a.yaml", "kind: A\n");
        write("all/b.yaml", "kind: B\n");
        write("all/c.yaml", "kind: C\n");

        String sent = plugin("--pod", "plan", "-f", folder + "/all").out();

        assertThat(sent).contains("kind: A\n", "kind: C\n").doesNotContain("kind: B");
        String stream = sent.substring(sent.indexOf('\n') + 1);
        assertThatThrownBy(() -> ManifestFiles.read(
                        List.of(Path.of("-")),
                        "mail",
                        new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(StartFailure.class);
    }

    @Test
    void whatIsHiddenStaysHereAsTheJarPassesItOver() throws Exception {
        write("all/..2026_11_30/a.yaml", "kind: A\n");
        write("all/.git/b.yaml", "kind: B\n");
        write("all/.c.yaml", "kind: C\n");
        write("all/d.yaml", "kind: D\n");

        assertThat(plugin("--pod", "plan", "-f", folder + "/all").out()).endsWith("\n\n---\nkind: D\n");
    }

    @Test
    void aFileAndTheStandardInputAreTwoDocuments() throws Exception {
        write("a.yaml", "kind: A\n");
        input = write("input", "kind: B\n");

        assertThat(plugin("--pod", "plan", "-f", folder + "/a.yaml", "-f", "-").out())
                .endsWith("\n---\nkind: A\n\n---\nkind: B\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import --all -o ./domains            | 2 | leave -o out",
                "import --all --directory=./domains   | 2 | leave --directory out",
                "import --all --terraform state.json  | 2 | --terraform names a file of this machine",
                "trace a@x.example --secret-dir=/run  | 2 | --secret-dir names a file of this machine",
                "plan -f /no/such/folder              | 1 | /no/such/folder cannot be read",
                "plan -f                              | 1 | -f needs",
                "nonsense                             | 2 | there is no verb nonsense",
                "run                                  | 2 | there is no verb run",
            })
    void whatThePodCannotDoIsSaidBeforeItIsAsked(String arguments, int code, String words) throws Exception {
        Result result = plugin(Stream.concat(Stream.of("--pod"), Arrays.stream(arguments.split(" ")))
                .toArray(String[]::new));

        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.err().lines()).singleElement().asString().contains(words);
        assertThat(result.out()).isEmpty();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    /** Of plan 2 says that changes wait, of check-tokens and trace 1 that something is wrong at Cloudflare. */
    @ParameterizedTest
    @CsvSource({"plan, 1", "import, 1", "version, 1", "check-tokens, 2", "trace, 2"})
    void noPodIsNoAnswerOfTheVerb(String verb, int code) throws Exception {
        environment.put("PODS", "gone-1 2026-11-30T00:00:00Z\\n");
        Result none = plugin("--pod", verb);
        assertThat(none.exitCode()).isEqualTo(code);
        assertThat(none.err()).contains("--operator-namespace");

        environment.put("GET_ENDS_WITH", "4");
        assertThat(plugin("--pod", verb).exitCode()).isEqualTo(code);
    }

    /** With a real Java, and the classes as they stand in place of the jar. */
    @Test
    void helpAndMessagesNameWhatWasTyped() throws Exception {
        program("java", """
                while [ $# -gt 0 ]; do
                  case $1 in
                    -version) exec "$REAL_JAVA" -version ;;
                    -D*) property=$1 ;;
                    -jar) shift 2; break ;;
                  esac
                  shift
                done
                exec "$REAL_JAVA" "$property" -XX:TieredStopAtLevel=1 -cp "$CLASSES" io.maildomain.operator.app.Main "$@"
                """);
        environment.put(
                "REAL_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("CLASSES", System.getProperty("java.class.path"));

        for (String verb : KubectlCompletionTest.verbs().toList()) {
            assertThat(plugin(verb, "--help").out())
                    .startsWith("Usage: kubectl maildomain " + verb + " ")
                    .doesNotContain("Usage: mail-domain-operator");
        }
        assertThat(plugin("trace", "--nonsense").err()).contains("See kubectl maildomain trace --help");
    }

    @Test
    void itHasTheVerbsOfTheJar() throws Exception {
        String help = plugin("--help").out();
        for (String verb : KubectlCompletionTest.verbs().toList()) {
            assertThat(plugin(verb).out()).endsWith("operator.jar|" + verb);
            assertThat(help).contains("\n  " + verb + " ");
        }
    }

    private Result plugin(String... arguments) throws Exception {
        return run(TOOLS.resolve("kubectl-maildomain"), arguments);
    }

    private Result run(Path program, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", program.toString()));
        line.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Result(exitCode, Files.readString(out), Files.readString(err));
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, ("#!/bin/sh\n" + script).getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
