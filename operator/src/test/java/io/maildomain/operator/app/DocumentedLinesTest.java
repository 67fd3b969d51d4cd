package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation tells people to type besides kubectl ({@code KubectlIT}): verbs and flags of the jar are those that there
 * are, and so are scripts, their flags, Maven's profiles and modules, and the chart's values. Nothing is run.
 */
class DocumentedLinesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(?:sh|console)$(.*?)^ *```$");
    private static final Pattern JAR = Pattern.compile("java .*?-jar operator/target/mail-domain-operator\\.jar (.*)");
    private static final Pattern SCRIPT =
            Pattern.compile("(\\./demo|(?:[\\w.]+/)*(?:tools|\\.ci|benchmark|faults|conformance)/[\\w-]+)(?: .*)?");
    private static final Pattern FLAG = Pattern.compile("(?<= )--[a-z][a-z-]+");
    private static final Pattern PROFILES = Pattern.compile("(?<= )-P(\\S+)");
    private static final Pattern MODULES = Pattern.compile("(?<= )-pl (\\S+)");
    private static final Pattern VALUE = Pattern.compile("--set(?:-string)? ([A-Za-z.]+)=");

    /**
     * @param place file and line, for people
     * @param text without a prompt and a comment, continued lines joined
     */
    record Line(String place, String text) {

        @Override
        public String toString() {
            return place + ": " + text;
        }
    }

    private static Stream<Line> lines() throws IOException {
        List<Path> pages = new ArrayList<>(
                List.of(ROOT.resolve("README.md"), ROOT.resolve("SECURITY.md"), ROOT.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "examples", "helm")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        List<Line> found = new ArrayList<>();
        for (Path page : pages) {
            String text = Files.readString(page);
            BLOCK.matcher(text).results().forEach(block -> found.addAll(linesOf(page, text, block)));
        }
        return found.stream();
    }

    private static List<Line> linesOf(Path page, String text, MatchResult block) {
        long first = text.substring(0, block.start(1)).lines().count();
        List<Line> lines = new ArrayList<>();
        StringBuilder continued = new StringBuilder();
        for (String line : block.group(1).split("\n")) {
            continued.append(line.strip().replaceFirst("^\\$ ", ""));
            if (continued.toString().endsWith("\\")) {
                continued.setLength(continued.length() - 1);
            } else {
                String whole = continued.toString().replaceFirst("\\s+# .*", "").strip();
                lines.add(new Line(ROOT.relativize(page) + ":" + first, whole));
                continued.setLength(0);
            }
            first++;
        }
        return lines;
    }

    static Stream<Line> linesOfTheJar() throws IOException {
        return lines().filter(line -> JAR.matcher(line.text()).matches());
    }

    static Stream<Line> linesOfScripts() throws IOException {
        return lines().filter(line -> SCRIPT.matcher(line.text()).matches());
    }

    static Stream<Line> linesOfMaven() throws IOException {
        return lines().filter(line -> line.text().startsWith("mvn "));
    }

    static Stream<Line> linesThatSetValues() throws IOException {
        return lines().filter(line -> VALUE.matcher(line.text()).find());
    }

    @ParameterizedTest
    @MethodSource("linesOfTheJar")
    void theJarTakesEachLine(Line line) {
        MatchResult jar = JAR.matcher(line.text()).results().findFirst().orElseThrow();

        Main.commandLine(
                        surroundings -> {
                            throw new AssertionError("nothing is run");
                        },
                        name -> null)
                .parseArgs(jar.group(1).replaceAll("\\s*>.*", "").split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("linesOfScripts")
    void eachScriptIsThereAndKnowsItsFlags(Line line) throws IOException {
        Path script = ROOT.resolve(
                SCRIPT.matcher(line.text()).results().findFirst().orElseThrow().group(1));

        assertThat(script).isExecutable();
        assertThat(FLAG.matcher(line.text()).results().map(MatchResult::group))
                .allSatisfy(flag -> assertThat(script).content().contains(flag));
    }

    @ParameterizedTest
    @MethodSource("linesOfMaven")
    void mavenHasEachProfileAndModule(Line line) throws IOException {
        StringBuilder poms = new StringBuilder(Files.readString(ROOT.resolve("pom.xml")));
        for (String module : List.of("operator", "simulator")) {
            poms.append(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
        }

        assertThat(named(PROFILES, line))
                .allSatisfy(profile -> assertThat(poms.toString()).contains("<id>" + profile + "</id>"));
        assertThat(named(MODULES, line))
                .allSatisfy(module ->
                        assertThat(ROOT.resolve(module).resolve("pom.xml")).exists());
    }

    private static List<String> named(Pattern pattern, Line line) {
        return pattern.matcher(line.text())
                .results()
                .flatMap(hit -> Stream.of(hit.group(1).split(",")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("linesThatSetValues")
    void theChartHasEachValue(Line line) throws IOException {
        JsonNode values = Serialization.unmarshal(
                Files.readString(ROOT.resolve("helm/mail-domain-operator/values.yaml")), JsonNode.class);

        assertThat(named(VALUE, line)).isNotEmpty().allSatisfy(value -> assertThat(
                        values.at("/" + value.replace('.', '/')).isMissingNode())
                .as(value)
                .isFalse());
    }
}
