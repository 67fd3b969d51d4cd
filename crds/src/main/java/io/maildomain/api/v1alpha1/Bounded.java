package io.maildomain.api.v1alpha1;

import java.util.List;

/**
 * Cuts what a status says to the bounds of its schema. The API server refuses a status as a whole where one string in it is
 * too long, and a resource whose status cannot be written says nothing at all: a text that ends with an ellipsis is better.
 * Only what people read is cut; what the operator must undo (the ownership record) never is.
 */
final class Bounded {
    static final int MESSAGE = 512;
    static final int HOST = 253;
    static final int ADDRESS = 320;
    /** An id, or a word of Cloudflare's. */
    static final int WORD = 64;
    /** {@code sha256:} and 64 digits. */
    static final int DIGEST = 71;
    /** {@code Secret namespace/name} with the longest legal names has 324 characters. */
    static final int SOURCE = 340;

    private static final String ELLIPSIS = "…";

    private Bounded() {}

    /** The text, or its beginning and an ellipsis; null stays null. */
    static String text(String text, int most) {
        if (text == null || text.length() <= most) {
            return text;
        }
        int end = most - ELLIPSIS.length();
        // The schema counts code points; half of one would be no text at all.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }

    /** The text itself, of which there is one copy: of what thousands of resources say in the same words. Null stays null. */
    static String shared(String text) {
        return text == null ? null : text.intern();
    }

    /** The first so many; empty for null. */
    static <T> List<T> list(List<T> list, int most) {
        return list == null ? List.of() : list.stream().limit(most).toList();
    }

    /** The first so many, each cut; empty for null. */
    static List<String> texts(List<String> texts, int most, int longest) {
        return list(texts, most).stream().map(text -> text(text, longest)).toList();
    }
}
