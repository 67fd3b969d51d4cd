package io.maildomain.operator.cloudflare;

import org.jspecify.annotations.Nullable;

/** A text that is looked for in others, in a time that grows with both of them and not with their product. Its own text does not show it. */
final class HiddenText {
    /** What is shorter is a part of many words by chance: only by itself is it found. */
    private static final int SHORTEST_PART = 6;
    /** A beginning of this length is as good as all of it: servers quote what they do not take, and cut it short. */
    private static final int SHORTEST_BEGINNING = 12;

    private final String text;
    /** How much of its beginning also ends there, for each of its characters (Knuth, Morris, Pratt). */
    private final int[] borders;

    /** A stretch of another text. */
    @FunctionalInterface
    interface Found {
        void at(int from, int to);
    }

    /** @param text not empty */
    HiddenText(String text) {
        this.text = text;
        this.borders = new int[text.length()];
        for (int i = 1; i < text.length(); i++) {
            borders[i] = longer(borders[i - 1], text.charAt(i));
        }
    }

    String text() {
        return text;
    }

    boolean isIn(String other) {
        boolean[] found = new boolean[1];
        findIn(other, (from, to) -> found[0] = true);
        return found[0];
    }

    /** Each stretch that it, or a beginning of it, covers: where it stands twice and overlaps with itself, that is one. */
    void findIn(String other, Found found) {
        int matched = 0;
        int begin = 0;
        int end = 0;
        for (int i = 0; i < other.length(); i++) {
            matched = longer(matched == text.length() ? borders[matched - 1] : matched, other.charAt(i));
            int from = i + 1 - matched;
            boolean whole = matched == text.length() && (matched >= SHORTEST_PART || standsAlone(other, from, i + 1));
            if (whole || matched >= SHORTEST_BEGINNING) {
                if (from > end && begin < end) {
                    found.at(begin, end);
                }
                begin = from > end || begin == end ? from : begin;
                end = i + 1;
            }
        }
        if (begin < end) {
            found.at(begin, end);
        }
    }

    /** How much of its beginning ends with this character, after so much of it. */
    private int longer(int matched, char next) {
        int most = matched;
        while (most > 0 && text.charAt(most) != next) {
            most = borders[most - 1];
        }
        return text.charAt(most) == next ? most + 1 : 0;
    }

    private static boolean standsAlone(String other, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(other.charAt(from - 1)))
                && (to == other.length() || !Character.isLetterOrDigit(other.charAt(to)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HiddenText hidden && text.equals(hidden.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "HiddenText[redacted]";
    }
}
