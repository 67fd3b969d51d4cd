package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What documentation, manifests, comments and messages say: plain words, and nothing that is not in the repository. */
class ProseTest {

    private static final Path ROOT = Checkout.find().root();
    private static final String ADRS = "docs/adr/";

    /** Pages and folders that are beside the repository where it is written, and that no reader of it has. */
    private static final Pattern OUTSIDE = Pattern.compile(
            "\\.\\./shared|\\bDESIGN\\b(?!ED)|\\b(?:HOUSE|STACK|STYLE|MATERIAL)\\.md|(?<![\\w\\-])cloudflare-api\\.md");

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    /** A page as comments cite it. */
    private static final Pattern CITED =
            Pattern.compile("(?<![\\w./])((?:docs/[\\w./\\-]+|[A-Z]{6,})\\.md(?:#[\\w\\-]+)?)");

    private static final Pattern CITED_ADR = Pattern.compile("\\bADR (\\d+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");

    private static List<Prose> files;

    @BeforeAll
    static void readTheRepository() throws IOException {
        files = Prose.files(ROOT);
        assertThat(files).hasSizeGreaterThan(500);
    }

    @Test
    void proseNamesWhoActsAndUsesPlainWords() {
        assertThat(files.stream().flatMap(WordList::findings))
                .as("see CONTRIBUTING.md, Words")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            docs/guides/x.md    | it is left alone                                   | alone
            docs/x.md           | whoever asks                                       | whoever
            docs/x.md           | Somebody else wrote it                             | Somebody
            docs/adr/x.md       | the zone that the operator did not make            |
            docs/adr/x.md       | a zone that was made by hand                       | zone that was made
            README.md           | the deploy surface                                 | surface
            README.md           | another claim comes first                          | claim
            docs/architecture.md| another claim comes first                          |
            docs/x.md           | `nobody` is a user's name, and nobody@example.com  |
            docs/x.md           | makes the zone look unused                         |
            a/src/main/A.java   | // it lets go                                      | lets go
            a/src/main/A.java   | String nobodyCalls = f("nobody" + " calls");       | nobody
            a/src/main/A.java   | String nobody = someone(anyone);                   |
            a/src/test/A.java   | f("nobody");                                       |
            a/src/test/A.java   | f("a"); // for nobody                              | nobody
            """)
    void aWordOfTheListIsFoundWherePeopleReadIt(String file, String text, String found) {
        List<String> findings = WordList.findings(new Prose(file, text)).toList();

        if (found == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).singleElement().asString().startsWith(file + ":1: \"" + found + "\" -> ");
        }
    }

    @Test
    void aPhraseIsFoundOverTheEndOfALine() {
        Prose comment = new Prose("a/src/main/A.java", "\n/**\n * Nothing is let\n * go of here.\n */\n");

        assertThat(WordList.findings(comment)).singleElement().asString().startsWith("a/src/main/A.java:3: \"let go\"");
    }

    @Test
    void nothingIsCitedThatIsNotInTheRepository() {
        // .ci/run uses the contract check where there is one beside the repository, and says so where there is none.
        Stream<Prose> cited = files.stream()
                .filter(file -> !file.file().equals(".ci/run") && !file.file().endsWith("/ProseTest.java"));

        assertThat(cited.flatMap(file -> OUTSIDE.matcher(file.text())
                        .results()
                        .map(hit -> file.place(hit.start()) + ": " + hit.group())))
                .as("cite a decision or a heading of docs/ instead")
                .isEmpty();
    }

    @Test
    void everyPageAndHeadingThatIsCitedIsThere() {
        assertThat(files.stream().flatMap(ProseTest::deadCitations)).isEmpty();
    }

    private static Stream<String> deadCitations(Prose file) {
        if (file.file().endsWith("/ProseTest.java")) {
            return Stream.of();
        }
        Stream<MatchResult> hits;
        Path from;
        if (file.file().endsWith(".md")) {
            hits = LINK.matcher(file.text()).results();
            from = ROOT.resolve(file.file()).getParent();
        } else {
            hits = CITED.matcher(file.text()).results();
            from = ROOT;
        }
        Stream<String> pages = hits.filter(hit -> !hit.group(1).matches("[a-z]+:.*"))
                .filter(hit -> !isThere(from, ROOT.resolve(file.file()), hit.group(1)))
                .map(hit -> file.place(hit.start()) + ": " + hit.group(1));
        Stream<String> decisions = CITED_ADR
                .matcher(file.text())
                .results()
                .filter(hit -> decision(Integer.parseInt(hit.group(1))).isEmpty())
                .map(hit -> file.place(hit.start()) + ": " + hit.group());
        return Stream.concat(pages, decisions);
    }

    private static boolean isThere(Path from, Path self, String target) {
        int hash = target.indexOf('#');
        String page = hash < 0 ? target : target.substring(0, hash);
        Path path = page.isEmpty() ? self : from.resolve(page).normalize();
        if (!Files.exists(path)) {
            return false;
        }
        return hash < 0 || !path.toString().endsWith(".md") || anchors(path).contains(target.substring(hash + 1));
    }

    private static Set<String> anchors(Path page) {
        String name = ROOT.relativize(page).toString().replace('\\', '/');
        String text = files.stream()
                .filter(file -> file.file().equals(name))
                .findFirst()
                .orElseThrow()
                .text();
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _\\-]", "")
                        .strip()
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void decisionsAreNumberedWithoutGapsAndListedInOrder() {
        List<Prose> decisions = decisions();
        List<String> listed = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            String heading = decisions.get(i).text().lines().findFirst().orElseThrow();
            assertThat(heading).as(decisions.get(i).file()).startsWith("# " + (i + 1) + ". ");
            listed.add("- [" + heading.substring(2) + "]("
                    + decisions.get(i).file().substring(ADRS.length()) + ")");
        }

        assertThat(decisions.stream().map(file -> number(file.file())).toList())
                .isEqualTo(IntStream.rangeClosed(1, decisions.size()).boxed().toList());
        assertThat(ROOT.resolve(ADRS + "README.md")).content().contains(String.join("\n", listed));
    }

    private static List<Prose> decisions() {
        return files.stream()
                .filter(file -> file.file().matches(ADRS + "\\d{4}-[a-z0-9\\-]+\\.md"))
                .sorted((a, b) -> a.file().compareTo(b.file()))
                .toList();
    }

    private static Optional<Prose> decision(int number) {
        return decisions().stream()
                .filter(file -> number(file.file()) == number)
                .findFirst();
    }

    private static int number(String file) {
        return Integer.parseInt(file.substring(ADRS.length(), ADRS.length() + 4));
    }
}
