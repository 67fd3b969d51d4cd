package io.maildomain.operator.cloudflare.errors;

/** Bounds texts by whole characters. */
final class Text {
    private Text() {}

    static String bounded(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = max - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
