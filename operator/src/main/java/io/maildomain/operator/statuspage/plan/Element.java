package io.maildomain.operator.statuspage.plan;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An element while it is written. Immutable: each method gives another one. */
final class Element {

    /** A place on this page, a query to it, or a file beside it: a link of ours never leads to another host, nor runs anything. */
    private static final Pattern OURS = Pattern.compile("\\?[\\x21-\\x7e]*|#[a-z0-9-]+|[a-z]+\\.css|\\./|data:,");

    private final Tag tag;
    private final String attributes;

    private Element(Tag tag, String attributes) {
        this.tag = tag;
        this.attributes = attributes;
    }

    static Element of(Tag tag) {
        return new Element(tag, "");
    }

    /** One of this class for the style sheet. */
    static Element of(Tag tag, String styleClass) {
        return of(tag).with(Attribute.CLASS, styleClass);
    }

    /** @throws IllegalArgumentException if a link leads elsewhere */
    Element with(Attribute attribute, String value) {
        if (attribute == Attribute.HREF && !OURS.matcher(value).matches()) {
            throw new IllegalArgumentException("no link of the status page: " + value);
        }
        return new Element(tag, attributes + " " + attribute.word() + "=\"" + Html.escaped(value) + "\"");
    }

    Html holding(Html... parts) {
        return holding(Stream.of(parts));
    }

    Html holding(Stream<Html> parts) {
        if (tag.isVoid()) {
            throw new IllegalArgumentException(tag + " holds nothing");
        }
        return Html.written(
                "<" + tag.word() + attributes + ">" + Html.all(parts).markup() + "</" + tag.word() + ">");
    }

    /** The text, for people to read. */
    Html saying(String text) {
        return holding(Html.text(text));
    }

    /** For what holds nothing. */
    Html empty() {
        return tag.isVoid() ? Html.written("<" + tag.word() + attributes + ">") : holding();
    }
}
