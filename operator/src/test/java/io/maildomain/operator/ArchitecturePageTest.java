package io.maildomain.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} names classes and members that are there, in the packages where they are. */
class ArchitecturePageTest {

    private static final Path PAGE = Path.of("..", "docs", "architecture.md");

    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    /** {@code plan.ZoneDecision.Use}: the last part of a package, a class, and what it holds. */
    private static final Pattern NAMED = Pattern.compile("(?:([a-z]\\w*)\\.)?([A-Z][a-z]\\w*)(?:\\.(\\w+))?");

    /** Words that begin with a capital and are no class: of the API, and of HTTP. */
    private static final Pattern OTHERS = Pattern.compile(
            "io\\.maildomain\\..*|Observe|Retain|ChecksCurrent|ClaimOpen|Conflict|Reconciling|Stalled|ZoneReady|Ratelimit");

    private static final Pattern PACKAGE = Pattern.compile("^\\| (`[a-z.`, ]+`) \\|", Pattern.MULTILINE);

    @Test
    void eachClassAndMemberIsWhereThePageSays() throws IOException {
        Map<String, List<JavaSource>> classes = classes("../operator/src/main/java", "src/test/java", "../crds/src");
        Set<String> missing = CODE.matcher(Files.readString(PAGE))
                .results()
                .map(code -> code.group(1))
                .filter(code -> !OTHERS.matcher(code).matches())
                .map(NAMED::matcher)
                .filter(Matcher::matches)
                .filter(name -> classes.getOrDefault(name.group(2), List.of()).stream()
                        .noneMatch(source -> isWhereItSays(source, name.group(1), name.group(3))))
                .map(Matcher::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(classes).hasSizeGreaterThan(400);
        assertThat(missing).as("named in docs/architecture.md and not there").isEmpty();
    }

    private static boolean isWhereItSays(JavaSource source, @Nullable String room, @Nullable String member) {
        return (room == null || source.path().getParent().endsWith(room))
                && (member == null
                        || Pattern.compile("\\b" + member + "\\b")
                                .matcher(source.text())
                                .find());
    }

    @Test
    void eachRoomIsInTheTableOfWhatIsWhere() throws IOException {
        String table = PACKAGE.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.joining(" "));
        Path root = Path.of("src/main/java/io/maildomain/operator");
        Set<String> rooms;
        try (Stream<Path> files = Files.walk(root)) {
            rooms = files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> root.relativize(file).getName(0).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(rooms)
                .allMatch(room ->
                        Pattern.compile("`" + room + "\\b").matcher(table).find());
    }

    private static Map<String, List<JavaSource>> classes(String... folders) throws IOException {
        List<JavaSource> sources = new ArrayList<>();
        for (String folder : folders) {
            sources.addAll(JavaSource.below(Path.of(folder)));
        }
        return sources.stream()
                .collect(Collectors.groupingBy(source -> source.toString().replace(".java", "")));
    }
}
