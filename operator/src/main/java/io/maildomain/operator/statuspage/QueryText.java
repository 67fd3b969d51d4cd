package io.maildomain.operator.statuspage;

import io.maildomain.operator.statuspage.plan.PageQuery;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A query as a browser sends it for a form. Any text is one: what is not understood is left out. */
final class QueryText {

    private QueryText() {}

    static PageQuery parse(String text) {
        return new PageQuery(
                value(text, "page").map(QueryText::number).orElse(1),
                value(text, "show").filter("attention"::equals).isPresent(),
                value(text, "find").orElse(""),
                value(text, "address").orElse(""));
    }

    /** The first of that name. */
    private static Optional<String> value(String text, String name) {
        return Arrays.stream(text.split("&"))
                .filter(part -> part.startsWith(name + "="))
                .map(part -> decoded(part.substring(name.length() + 1)))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException halfAnEscape) {
            return "";
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 1;
    }
}
