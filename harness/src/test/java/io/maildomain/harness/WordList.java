package io.maildomain.harness;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words that prose here does without, and what to write instead. It lists only what a pattern can tell without doubt. */
final class WordList {

    private static final String THING =
            "(?:zones?|rules?|resources?|MailDomains?|CatchAllRules?|CloudflareAccounts?|Secrets?"
                    + "|subdomains?|catch-alls?|namespaces?|ConfigMaps?|Roles?)";
    private static final String ARTICLE = "(?:(?:a|an|the|no|its|new|another|second|every|each|our|their)\\s+)*";
    private static final String BETWEEN =
            "(?:(?:that|which|was|were|is|are|be|it|we|the operator|not|has|had|been)\\s+)*";

    private static final Predicate<String> EVERYWHERE = file -> true;
    /** What people read who use the operator and do not work on it. */
    private static final Predicate<String> FOR_USERS = Pattern.compile(
                    "README\\.md|SECURITY\\.md|CHANGELOG\\.md|docs/(guides|reference)/.*|examples/.*|helm/.*"
                            + "|crds/[^/]*|crds/src/main/.*")
            .asMatchPredicate();

    /** @param instead what to write */
    record Rule(String name, Pattern words, Predicate<String> where, String instead) {}

    /**
     * One exception.
     *
     * @param file where
     * @param words that may stand there
     * @param reason why
     */
    record Exception(Pattern file, Pattern words, String reason) {}

    private static final List<Rule> RULES = List.of(
            rule("alone", "\\balone\\b", EVERYWHERE, "\"only\"; \"leaves it as it is\""),
            rule(
                    "let go",
                    "\\b(?:lets?|letting)\\s+(?:(?:it|them)\\s+)?go\\b",
                    EVERYWHERE,
                    "delete, release, give up, end"),
            rule(
                    "somebody",
                    "(?<![\\w@.\\-])(?:some(?:body|one)|any(?:body|one)|nobody|no one|who(?:m)?ever|every(?:body|one))"
                            + "(?![\\w@\\-]|\\.\\w)",
                    EVERYWHERE,
                    "who it is: a user, another tool, the operator, a client"),
            rule(
                    "make",
                    "\\b(?:make|makes|made|making)\\s+" + ARTICLE + THING + "\\b(?!\\s+(?:look|wait))",
                    EVERYWHERE,
                    "create"),
            rule("was made", "\\b" + THING + "\\s+" + BETWEEN + "(?:made|make)\\b", EVERYWHERE, "create"),
            rule(
                    "created again",
                    "\\b(?:made|makes?|making)\\s+(?:again|anew)\\b",
                    EVERYWHERE,
                    "created again, repeated"),
            rule(
                    "surface",
                    "\\bsurfaces?\\b",
                    FOR_USERS,
                    "the operator's token, the deploy token; a field's name stands in backticks"),
            rule("claim", "\\bclaim(?:s|ed|ing|ants?)?\\b", FOR_USERS, "another MailDomain has this domain"));

    private static final List<Exception> EXCEPTIONS = List.of(
            new Exception(
                    Pattern.compile("examples/10-tokens\\.yaml|examples/prepare-simulator"),
                    Pattern.compile("surface"),
                    "part of a token's value, which tests and other examples hold as well"),
            new Exception(
                    Pattern.compile("crds/src/main/.*|simulator/src/main/.*/Throttle\\.java"),
                    Pattern.compile("surface|nobody"),
                    "names of fields and of a key, as string literals"),
            new Exception(
                    Pattern.compile("helm/.*/(templates/(check|test)-tokens|files/alerts)\\.yaml"),
                    Pattern.compile("surface"),
                    "a flag of check-tokens, a label of a metric"),
            new Exception(
                    Pattern.compile(".*/src/test/resources/.*"),
                    Pattern.compile(".*"),
                    "data: an earlier release's chart, manifests that are refused"),
            new Exception(
                    Pattern.compile("CONTRIBUTING\\.md|AGENTS\\.md|harness/src/test/.*/(WordList|ProseTest)\\.java"),
                    Pattern.compile(".*"),
                    "say which words these are"));

    private WordList() {}

    private static Rule rule(String name, String words, Predicate<String> where, String instead) {
        return new Rule(name, Pattern.compile(words, Pattern.CASE_INSENSITIVE), where, instead);
    }

    /** What a text says that it should not, a line each: where, what, and what to write instead. */
    static Stream<String> findings(Prose prose) {
        Prose read = prose.withoutCode();
        return RULES.stream().filter(rule -> rule.where().test(prose.file())).flatMap(rule -> rule.words()
                .matcher(withoutLineStarts(read.text()))
                .results()
                .filter(hit -> !isAllowed(prose.file(), hit))
                .map(hit -> read.place(hit.start()) + ": \"" + hit.group().replaceAll("\\s+", " ") + "\" -> "
                        + rule.instead()));
    }

    /** The asterisks of Javadoc and the signs of comments become spaces, so that a phrase may go over two lines. */
    private static String withoutLineStarts(String text) {
        return Pattern.compile("(?m)^[ \\t]*(?:\\*(?!/)|//|#)").matcher(text).replaceAll(start -> " "
                .repeat(start.group().length()));
    }

    private static boolean isAllowed(String file, MatchResult hit) {
        return EXCEPTIONS.stream()
                .anyMatch(exception -> exception.file().matcher(file).matches()
                        && exception
                                .words()
                                .matcher(hit.group().toLowerCase(Locale.ROOT))
                                .matches());
    }
}
