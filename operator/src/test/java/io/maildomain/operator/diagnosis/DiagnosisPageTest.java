package io.maildomain.operator.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.CloudflareCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/diagnosis.md is written by this test (with {@code -Dmaildomain.docs.write}) and held to the catalogue by it. */
class DiagnosisPageTest {
    private static final Path PAGE = Path.of("..", "docs", "diagnosis.md");
    private static final String HEAD = """
            # What an error of Cloudflare's means

            Every failed call to Cloudflare becomes a reason and a sentence in a condition of the resource. This page lists them
            all. It is generated from the operator's catalogue, and the build fails where it differs; this writes it:

            ```sh
            mvn -pl operator -am test -Dtest=DiagnosisPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dmaildomain.docs.write=true
            ```

            - **Transient** failures go away by themselves: the operator tries again with back-off.
            - **Waiting** means that somebody or something outside takes its time: the operator asks again, ever slower.
            - **Final** ones stay until somebody changes something: `Stalled` is True, and the operator tries again slowly, or at
              once when the resource, its account, its Secret or a `maildomain.io/` annotation changes.

            Each message ends with the HTTP status and Cloudflare's code. Words in braces stand for the token's key and Secret,
            the zone, the account, the address or Worker concerned, the right, what the call does, and what the other side says.

            ## Cloudflare refused the call

            The first row that matches counts; `–` stands for any.

            | HTTP | code | call | reason | kind | message |
            | --- | --- | --- | --- | --- | --- |
            """;
    private static final Map<Set<CloudflareCall>, String> SETS = Map.of(
            CallSets.OF_ZONE, "about a zone",
            CallSets.OF_RULE, "about one rule",
            CallSets.OF_ZONE_ITSELF, "the zone itself",
            CallSets.INSIDE_ZONE, "Email Routing or DNS",
            CallSets.OF_ACCOUNT, "deploy surface of an account",
            CallSets.VERIFICATIONS, "verifying a token");

    @Test
    void thePageSaysWhatTheCatalogueSays() throws IOException {
        String page = page();
        if (Boolean.getBoolean("maildomain.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("docs/diagnosis.md; see its head for how to write it")
                .hasContent(page);
    }

    @Test
    void everyReasonStandsInTheTroubleshootingGuide() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "guides", "troubleshooting.md"));
        Stream<Meaning> refusals = Stream.concat(Refusals.ENTRIES.stream(), Refusals.BY_STATUS.stream())
                .map(RefusalEntry::meaning);
        Stream<Meaning> others = Stream.of(
                Refusals.UNAVAILABLE,
                Refusals.UNKNOWN,
                Refusals.WORDLESS,
                Refusals.NOT_TAKEN_AS_APEX,
                Refusals.EXISTS_AND_IS_SEEN,
                Refusals.EXISTS_ELSEWHERE,
                Losses.MALFORMED,
                Losses.FENCED);
        Stream<Meaning> losses =
                Stream.concat(Losses.UNREACHABLE.values().stream(), Losses.POSTPONED.values().stream());

        assertThat(Stream.of(refusals, others, losses).flatMap(all -> all).map(Meaning::reason))
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(guide).contains("`" + reason + "`"));
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        Refusals.ENTRIES.forEach(entry -> page.append(row(entry)));
        page.append("| 5xx | any other | – ").append(row(Refusals.UNAVAILABLE));
        page.append("| – | any other | – ").append(row(Refusals.UNKNOWN));
        page.append("""

                An answer without any code of Cloudflare's is judged by its status alone, where no row above matches:

                | HTTP | code | call | reason | kind | message |
                | --- | --- | --- | --- | --- | --- |
                """);
        Refusals.BY_STATUS.forEach(entry -> page.append(row(entry)));
        page.append("| – | – | – ").append(row(Refusals.WORDLESS));
        page.append("""

                Code 1061 does not tell where the zone is. Where the operator looked for it:

                | the token sees the zone | reason | kind | message |
                | --- | --- | --- | --- |
                """);
        page.append("| in the account asked ").append(row(Refusals.EXISTS_AND_IS_SEEN));
        page.append("| in another account ").append(row(Refusals.EXISTS_ELSEWHERE));
        page.append("""

                Code 1099 for a name below a suffix of the public suffix list's private section:

                | reason | kind | message |
                | --- | --- | --- |
                """).append(row(Refusals.NOT_TAKEN_AS_APEX));
        page.append("""

                ## No answer, or not Cloudflare's

                | what | reason | kind | message |
                | --- | --- | --- | --- |
                """);
        Losses.UNREACHABLE.forEach((kind, meaning) ->
                page.append("| ").append(words(kind)).append(' ').append(row(meaning)));
        page.append("| malformed answer ").append(row(Losses.MALFORMED));
        page.append("""

                Where a change may have come about nevertheless, the message goes on: "%s".

                ## The call was not sent

                | what it waits for | reason | kind | message |
                | --- | --- | --- | --- |
                """.formatted(Losses.PERHAPS_DONE.substring(2)));
        Losses.POSTPONED.forEach((why, meaning) ->
                page.append("| ").append(words(why)).append(' ').append(row(meaning)));
        page.append("| leadership ").append(row(Losses.FENCED));
        return page.toString();
    }

    private static String row(RefusalEntry entry) {
        String codes = joined(entry.codes());
        String saying = entry.saying().isEmpty() ? "" : " “…" + entry.saying() + "…”";
        return "| %s | %s%s | %s %s"
                .formatted(joined(entry.statuses()), codes, saying, calls(entry.calls()), row(entry.meaning()));
    }

    private static String row(Meaning meaning) {
        String pause = meaning.pause() == null ? "" : ", " + meaning.pause().toMinutes() + " min";
        return "| `%s` | %s%s | %s |\n".formatted(meaning.reason(), words(meaning.kind()), pause, meaning.sentence());
    }

    private static String joined(Set<Integer> numbers) {
        return numbers.isEmpty() ? "–" : numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String calls(Set<CloudflareCall> calls) {
        if (calls.isEmpty()) {
            return "–";
        }
        String all = calls.stream()
                .map(call -> "`%s %s`".formatted(call.method(), call.route()))
                .collect(Collectors.joining(", "));
        return SETS.getOrDefault(calls, all);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    @Test
    void noRowIsHiddenByAnEarlierOne() {
        List<RefusalEntry> rows = Refusals.ENTRIES;
        for (int later = 0; later < rows.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                assertThat(covers(rows.get(earlier), rows.get(later)))
                        .as("%s is hidden by %s", rows.get(later), rows.get(earlier))
                        .isFalse();
            }
        }
    }

    private static boolean covers(RefusalEntry wide, RefusalEntry narrow) {
        return covers(wide.codes(), narrow.codes())
                && covers(wide.statuses(), narrow.statuses())
                && covers(wide.calls(), narrow.calls())
                && narrow.saying().contains(wide.saying());
    }

    private static <T> boolean covers(Set<T> wide, Set<T> narrow) {
        return wide.isEmpty() || (!narrow.isEmpty() && wide.containsAll(narrow));
    }
}
