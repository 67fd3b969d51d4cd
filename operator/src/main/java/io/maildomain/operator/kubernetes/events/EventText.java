package io.maildomain.operator.kubernetes.events;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Texts in the sizes that the API server takes. */
final class EventText {

    private static final String CUT = "…";
    private static final int LONGEST_OBJECT_NAME = 230;

    private EventText() {}

    /** The text, cut with an ellipsis if it takes more than so many bytes; never within a character. */
    static String limit(String text, int bytes) {
        String whole = text == null ? "" : text;
        if (bytes(whole) <= bytes) {
            return whole;
        }
        int room = bytes - bytes(CUT);
        int end = 0;
        int used = 0;
        while (end < whole.length()) {
            int character = whole.codePointAt(end);
            used += bytes(Character.toString(character));
            if (used > room) {
                break;
            }
            end += Character.charCount(character);
        }
        return whole.substring(0, end) + CUT;
    }

    /** A name for an Event, from its object's, as others make them: {@code example-com.17f3…}. */
    static String name(String object, UUID random) {
        String start = object.length() > LONGEST_OBJECT_NAME ? object.substring(0, LONGEST_OBJECT_NAME) : object;
        while (start.endsWith(".") || start.endsWith("-")) {
            start = start.substring(0, start.length() - 1);
        }
        return start + "." + random.toString().replace("-", "").substring(0, 16);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
