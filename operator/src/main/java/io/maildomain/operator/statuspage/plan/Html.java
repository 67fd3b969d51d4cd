package io.maildomain.operator.statuspage.plan;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Markup that can be written into a page as it is. There are two ways to it: a text, which is escaped, and an {@link Element}, whose name and attributes are constants.
 * So no text of a user, of Cloudflare or of a status becomes markup, whichever class forgets to think of it.
 */
public final class Html {

    /** No markup at all. */
    static final Html NOTHING = new Html("");

    private static final int REPLACEMENT = 0xfffd;

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /** What only {@link Element} may call: everything in it is escaped already. */
    static Html written(String markup) {
        return new Html(markup);
    }

    /** The text, for people to read. */
    static Html text(String text) {
        return new Html(escaped(text));
    }

    /** One after the other. */
    static Html of(Html... parts) {
        return all(Arrays.stream(parts));
    }

    /** One after the other. */
    static Html all(Stream<Html> parts) {
        return new Html(parts.map(part -> part.markup).collect(Collectors.joining()));
    }

    /** As it is written into a page. */
    String markup() {
        return markup;
    }

    /** The whole document, of which this is the root. */
    String document() {
        return "<!DOCTYPE html>\n" + markup + "\n";
    }

    /**
     * The text without a character that would end it, be it in an element or in an attribute between quotation marks, and without those
     * that show nothing, or turn the words around them.
     */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isShown(point) ? point : REPLACEMENT);
            }
        });
        return escaped.toString();
    }

    private static boolean isShown(int point) {
        if (point == '\n' || point == '\t') {
            return true;
        }
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE;
    }
}
