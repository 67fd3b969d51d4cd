package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.simulator.quirks.Quirk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README.md shows is what the simulator has, and its test is one that runs. */
class ReadmeTest extends SimulatorTestCase {

    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern CURL =
            Pattern.compile("(?m)^curl (?:-X ([A-Z]+) )?\\$control/(\\S+)(?: -d '([^']*)')?");
    private static final Pattern COUNT = Pattern.compile("(\\d+) switches");
    private static final Pattern NAMED = Pattern.compile("`([a-z]+(?:-[a-z]+)+)=([a-z0-9-]+)`");

    private final String readme = read(Path.of("README.md"));

    @Test
    void theTestThatItShowsIsOneThatRuns() {
        List<String> shown =
                JAVA.matcher(readme).results().map(block -> block.group(1)).toList();
        String test = read(Path.of("src/test/java/com/example/addresses/SupportAddressTest.java"));

        assertThat(shown).hasSize(2);
        // Indented as the page has room, so without spaces.
        assertThat(shown).allSatisfy(block -> assertThat(withoutSpaces(test)).contains(withoutSpaces(block)));
    }

    @Test
    void theCoordinatesAreThoseOfTheModule() {
        String pom = withoutSpaces(read(Path.of("pom.xml")));
        String version = firstGroup("<version>([^<]+)</version>", pom);

        assertThat(withoutSpaces(readme))
                .contains("<groupId>" + firstGroup("<groupId>([^<]+)</groupId>", pom) + "</groupId><artifactId>"
                        + firstGroup("</parent><artifactId>([^<]+)</artifactId>", pom) + "</artifactId><version>"
                        + version
                        + "</version>")
                .contains("cloudflare-simulator:" + version);
    }

    @Test
    void theControlPlaneTakesEachCommandInItsTurn() {
        List<MatchResult> commands = CURL.matcher(readme).results().toList();

        assertThat(commands).hasSizeGreaterThan(6);
        for (MatchResult command : commands) {
            String body = command.group(3);
            String method = command.group(1) == null ? body == null ? "GET" : "POST" : command.group(1);
            Reply reply = owner.send(method, "/_simulator/" + command.group(2), body);
            assertThat(reply.status()).as(command.group() + ": " + reply.text()).isLessThan(300);
        }
    }

    @Test
    void itCountsTheQuirksAndNamesReadingsThatAreThere() {
        assertThat(COUNT.matcher(readme).results().map(count -> Integer.valueOf(count.group(1))))
                .containsExactly(Quirk.values().length);
        assertThat(NAMED.matcher(readme).results().toList()).isNotEmpty().allSatisfy(named -> assertThat(
                        Arrays.stream(Quirk.values())
                                .filter(quirk -> quirk.label().equals(named.group(1)))
                                .flatMap(quirk -> quirk.readings().stream()))
                .as(named.group())
                .contains(named.group(2)));
    }

    private static String firstGroup(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
