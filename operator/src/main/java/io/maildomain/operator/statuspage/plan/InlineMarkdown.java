package io.maildomain.operator.statuspage.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The little Markdown that the catalogue of reasons is written in. Links lead into the documentation, which is not served here: their words stay. */
final class InlineMarkdown {

    private static final Pattern MARK =
            Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\*([^*]+)\\*|\\[([^\\]]+)\\]\\([^)]*\\)");

    private InlineMarkdown() {}

    static Html html(String markdown) {
        Stream.Builder<Html> parts = Stream.builder();
        Matcher marks = MARK.matcher(markdown);
        int end = 0;
        while (marks.find()) {
            parts.add(Html.text(markdown.substring(end, marks.start())));
            parts.add(marked(marks));
            end = marks.end();
        }
        return Html.all(parts.add(Html.text(markdown.substring(end))).build());
    }

    private static Html marked(Matcher mark) {
        if (mark.group(1) != null) {
            return Element.of(Tag.CODE).saying(mark.group(1));
        }
        if (mark.group(2) != null || mark.group(3) != null) {
            return Element.of(Tag.STRONG).saying(mark.group(2) != null ? mark.group(2) : mark.group(3));
        }
        // A link's words may be code themselves.
        return html(mark.group(4));
    }
}
