package io.maildomain.operator.statuspage.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The accounts: their tokens, what is left of the request budget, and how old what sweeps saw is. */
final class Accounts {

    private static final Duration SOON = Duration.ofDays(14);

    private Accounts() {}

    static Html of(PageFacts facts) {
        if (facts.accounts().isEmpty()) {
            return Html.NOTHING;
        }
        return StatusPage.section(
                "accounts",
                "Accounts",
                Element.of(Tag.DIV, "cards")
                        .holding(facts.accounts().stream()
                                .limit(Todo.MOST)
                                .map(account -> account(account, facts.now()))),
                StatusPage.more(facts.accounts().size(), Todo.MOST));
    }

    private static Html account(AccountFact account, Instant now) {
        return Element.of(Tag.DIV, "card")
                .holding(
                        Element.of(Tag.H3)
                                .holding(Todo.code(account.name()), Html.text(" "), Todo.badge(account.standing())),
                        account.standing() == Standing.READY
                                ? Html.NOTHING
                                : Element.of(Tag.DIV).holding(Todo.said(account.said())),
                        Element.of(Tag.DL)
                                .holding(Stream.of(
                                        Optional.ofNullable(account.budget())
                                                .map(budget -> entry("Budget", Plot.budget(budget), Plot.words(budget)))
                                                .orElseGet(() ->
                                                        none("Budget", "No request was sent with its tokens lately.")),
                                        Optional.ofNullable(account.checks())
                                                .map(checks -> entry("Sweeps", Plot.checks(checks), Plot.words(checks)))
                                                .orElseGet(() -> none("Sweeps", "No healthy resource uses it.")),
                                        token("Token", account.tokenEnds(), now),
                                        token("Token to deploy", account.deployTokenEnds(), now))));
    }

    private static Html entry(String word, Html plot, String words) {
        return Html.of(
                Element.of(Tag.DT).saying(word),
                Element.of(Tag.DD).holding(plot, Element.of(Tag.DIV).saying(words + ".")));
    }

    private static Html none(String word, String words) {
        return Html.of(Element.of(Tag.DT).saying(word), Element.of(Tag.DD).saying(words));
    }

    private static Html token(String which, @Nullable Instant ends, Instant now) {
        if (ends == null) {
            return Html.NOTHING;
        }
        Duration left = Duration.between(now, ends);
        String words = left.isNegative() ? "It has expired: " : "It expires in " + Durations.words(left) + ": ";
        Element entry = left.compareTo(SOON) < 0 ? Element.of(Tag.DD, "soon") : Element.of(Tag.DD);
        return Html.of(
                Element.of(Tag.DT).saying(which), entry.holding(Html.text(words), Durations.at(ends), Html.text(".")));
    }
}
