package io.maildomain.operator.cloudflare.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ReasonPlace;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.Failure.Unreachable.TransportError;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/reasons.md is written by this test (with {@code -Dmaildomain.docs=write}) and held to {@link Reason} and to the
 * catalogue of Cloudflare's errors by it.
 */
class ReasonsPageTest {
    private static final Set<String> NO_KINDS_OF_OURS = Set.of("", "Secret");
    private static final Path PAGE = Path.of("..", "docs", "reference", "reasons.md");
    private static final String HEAD = """
            # Reasons

            Every condition and every Event has a reason: one word that stays the same, so that people and alerts can match on it.
            This page lists them all. It is generated from the operator's code, and the build fails where it differs; this writes
            it:

            ```sh
            mvn -pl operator -am test -Dtest=ReasonsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dmaildomain.docs=write
            ```

            - `Ready` repeats the reason of the first condition that does not hold, `Stalled` and `Reconciling` repeat that of
              `Ready`. A MailDomain with the mode `Observe` or the drift policy `Report` repeats it in `InSync`,
              and so do a CatchAllRule of a MailDomain with the mode `Observe`, and a MailWorker or MailSite with that mode.
            - While a MailDomain waits for its deletion, an Event has the reason for which it waits.
            - The message of the condition says more than this page: which zone, which address, which Secret.
            - What was written to Cloudflare by the time that a MailWorker or MailSite says one of them:
              [deploy-failures.md](../contributing/deploy-failures.md).

            | reason | of | what it means | what to do |
            | --- | --- | --- | --- |
            """;
    private static final String CLOUDFLARE = """

            ## What an error of Cloudflare's means

            Every failed call to Cloudflare becomes a reason and a sentence in a condition of the resource.

            - **Transient** failures go away by themselves: the operator tries again with back-off.
            - **Waiting** means that a person or a service outside takes its time: the operator asks again, ever slower.
            - **Final** ones stay until a user changes something: `Stalled` is True, and the operator tries again slowly, or at
              once when the resource, its account, its Secret or a `maildomain.io/` annotation changes.

            Each message ends with the HTTP status and Cloudflare's code. Words in braces stand for the token's key and Secret,
            the zone, the account, the address or Worker concerned, the right, what the call does, and what the other side says.

            ### Cloudflare refused the call

            The first row that matches counts; `–` stands for any.

            | HTTP | code | call | reason | kind | message |
            | --- | --- | --- | --- | --- | --- |
            """;
    private static final Map<Set<CloudflareCall>, String> SETS = Map.of(
            CallSets.OF_ZONE, "about a zone",
            CallSets.OF_RULE, "about one rule",
            CallSets.OF_ZONE_ITSELF, "the zone itself",
            CallSets.INSIDE_ZONE, "Email Routing or DNS",
            CallSets.OF_ACCOUNT, "deploy token of an account",
            CallSets.WITH_PASS, "uploading files to Pages",
            CallSets.VERIFICATIONS, "verifying a token");

    @Test
    void thePageSaysWhatTheOperatorSays() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("maildomain.docs"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("docs/reference/reasons.md; see its head for how to write it")
                .hasContent(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        Stream.of(Reason.values())
                .filter(reason -> !reason.places().isEmpty())
                .sorted(Comparator.comparing(Reason::name, String.CASE_INSENSITIVE_ORDER))
                .forEach(reason -> page.append(row(reason)));
        page.append(CLOUDFLARE);
        RefusalCatalogue.ENTRIES.forEach(entry -> page.append(row(entry)));
        page.append("| 5xx | any other | – ").append(row(RefusalCatalogue.UNAVAILABLE));
        page.append("| – | any other | – ").append(row(RefusalCatalogue.UNKNOWN));
        page.append("""

                An answer without any code of Cloudflare's is judged only by its status, where no row above matches:

                | HTTP | code | call | reason | kind | message |
                | --- | --- | --- | --- | --- | --- |
                """);
        RefusalCatalogue.BY_STATUS.forEach(entry -> page.append(row(entry)));
        page.append("| – | – | – ").append(row(RefusalCatalogue.WORDLESS));
        page.append("""

                Code 1061 does not tell where the zone is. Where the operator looked for it:

                | the token sees the zone | reason | kind | message |
                | --- | --- | --- | --- |
                """);
        page.append("| in the account asked ").append(row(RefusalCatalogue.EXISTS_AND_IS_SEEN));
        page.append("| in another account ").append(row(RefusalCatalogue.EXISTS_ELSEWHERE));
        page.append("""

                Code 1099 for a name below a suffix of the public suffix list's private section:

                | reason | kind | message |
                | --- | --- | --- |
                """).append(row(RefusalCatalogue.NOT_TAKEN_AS_APEX));
        page.append("""

                ### No answer, or not Cloudflare's

                | what | reason | kind | message |
                | --- | --- | --- | --- |
                """);
        for (TransportError kind : TransportError.values()) {
            page.append("| ").append(words(kind)).append(' ').append(row(TransportErrors.unreachable(kind)));
        }
        page.append("| malformed answer ").append(row(TransportErrors.MALFORMED));
        page.append("""

                Where a change may have come about nevertheless, the message goes on: "%s".

                ### The call was not sent

                | what it waits for | reason | kind | message |
                | --- | --- | --- | --- |
                """.formatted(TransportErrors.PERHAPS_DONE.substring(2)));
        for (Cause why : Cause.values()) {
            page.append("| ").append(words(why)).append(' ').append(row(TransportErrors.postponed(why)));
        }
        page.append("| leadership ").append(row(TransportErrors.FENCED));
        return page.toString();
    }

    private static String row(Reason reason) {
        String where = reason.places().contains(ReasonPlace.UNSAID)
                ? "– (no condition changes)"
                : reason.places().stream()
                        .collect(Collectors.groupingBy(
                                ReasonPlace::kind,
                                LinkedHashMap::new,
                                Collectors.mapping(place -> "`" + place.where() + "`", Collectors.joining(", "))))
                        .entrySet()
                        .stream()
                        .map(kind -> kind.getKey() + ": " + kind.getValue().replace("`Event`", "Event"))
                        .collect(Collectors.joining("; "));
        return "| `%s` | %s | %s | %s |\n".formatted(reason, where, reason.meaning(), reason.remedy());
    }

    private static String row(RefusalEntry entry) {
        RefusalPattern pattern = entry.pattern();
        String text = pattern.saying().text();
        return "| %s | %s%s | %s %s"
                .formatted(
                        joined(pattern.statuses()),
                        joined(pattern.codes()),
                        text.isEmpty() ? "" : " “…" + text + "…”",
                        calls(pattern.calls()),
                        row(entry.meaning()));
    }

    private static String row(ErrorMeaning meaning) {
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
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Test
    void eachKindThatReasonsAreOfHasAPageOfTheReference() {
        assertThat(ReasonPlace.values())
                .extracting(ReasonPlace::kind)
                .filteredOn(kind -> !NO_KINDS_OF_OURS.contains(kind))
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(PAGE.resolveSibling(kind.toLowerCase(Locale.ROOT) + ".md"))
                        .exists());
    }

    @Test
    void noRowIsHiddenByAnEarlierOne() {
        List<RefusalPattern> rows =
                RefusalCatalogue.ENTRIES.stream().map(RefusalEntry::pattern).toList();
        for (int later = 0; later < rows.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                assertThat(covers(rows.get(earlier), rows.get(later)))
                        .as("%s is hidden by %s", rows.get(later), rows.get(earlier))
                        .isFalse();
            }
        }
    }

    private static boolean covers(RefusalPattern wide, RefusalPattern narrow) {
        return covers(wide.codes(), narrow.codes())
                && covers(wide.statuses(), narrow.statuses())
                && covers(wide.calls(), narrow.calls())
                && narrow.saying().text().contains(wide.saying().text());
    }

    private static <T> boolean covers(Set<T> wide, Set<T> narrow) {
        return wide.isEmpty() || (!narrow.isEmpty() && wide.containsAll(narrow));
    }
}
