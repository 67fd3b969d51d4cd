package io.maildomain.operator.dns.plan;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A domain as people write it: {@code bücher.example} for {@code xn--bcher-kva.example}. The JDK's {@code IDN} knows IDNA 2003 only, by which
 * {@code straße} is no name. Pure.
 */
public final class UnicodeName {

    private static final String PREFIX = "xn--";

    /** No name has it. */
    private static final String NONE = " ";

    /** Letters and marks that show nothing: the fillers of Hangul, and the joiner of graphemes. */
    private static final String UNSEEN = "\u115f\u1160\u3164\uffa0\u034f";

    /** RFC 3492, 5. */
    private static final int BASE = 36;

    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST = 128;

    private UnicodeName() {}

    /**
     * The domain for a sentence: both forms where there are two, {@code xn--bcher-kva.example (bücher.example)}. Letters that are read from the
     * right would put the words behind them in another order: of these only the A-labels.
     */
    public static String shown(String domain) {
        return of(domain)
                .filter(unicode -> unicode.codePoints().noneMatch(UnicodeName::isReadFromTheRight))
                .map(unicode -> domain + " (" + unicode + ")")
                .orElse(domain);
    }

    private static boolean isReadFromTheRight(int point) {
        byte direction = Character.getDirectionality(point);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    /** The domain with all its letters; empty where it has no others than its A-labels have, or one of these is none. */
    public static Optional<String> of(String domain) {
        if (!domain.contains(PREFIX)) {
            return Optional.empty();
        }
        String unicode = Arrays.stream(domain.split("\\.", -1))
                .map(label -> label.startsWith(PREFIX) ? letters(label.substring(PREFIX.length())) : label)
                .collect(Collectors.joining("."));
        boolean printable = unicode.codePoints().allMatch(UnicodeName::isOfNames);
        return printable && !unicode.equals(domain) ? Optional.of(unicode) : Optional.empty();
    }

    /** What has no other letters is not written in punycode. */
    private static String letters(String label) {
        String decoded = decoded(label);
        return decoded.chars().allMatch(c -> c < FIRST) ? NONE : decoded;
    }

    /** Not what turns a line around, or cannot be seen: it is read in terminals. */
    private static boolean isOfNames(int point) {
        int type = Character.getType(point);
        if (UNSEEN.indexOf(point) >= 0 || isVariationSelector(point)) {
            return false;
        }
        return point == '.'
                || point == '-'
                || Character.isDigit(point)
                || type == Character.LOWERCASE_LETTER
                || type == Character.OTHER_LETTER
                || type == Character.MODIFIER_LETTER
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isVariationSelector(int point) {
        return point >= 0xfe00 && point <= 0xfe0f || point >= 0xe0100 && point <= 0xe01ef;
    }

    /** Punycode; a text that {@link #isOfNames} refuses where it is none. */
    private static String decoded(String label) {
        int dash = label.lastIndexOf('-');
        int[] points = label.substring(0, Math.max(0, dash)).codePoints().toArray();
        int point = FIRST;
        int bias = FIRST_BIAS;
        int index = 0;
        int at = dash + 1;
        while (at < label.length()) {
            int before = index;
            long weight = 1;
            int digit;
            int threshold;
            int step = BASE;
            do {
                digit = at < label.length() ? Character.digit(shifted(label.charAt(at++)), BASE) : -1;
                threshold = Math.min(MOST, Math.max(LEAST, step - bias));
                if (digit < 0 || index + digit * weight > Character.MAX_CODE_POINT * 64L) {
                    return NONE;
                }
                index += (int) (digit * weight);
                weight *= BASE - threshold;
                step += BASE;
            } while (digit >= threshold);
            int length = points.length + 1;
            bias = adapted(index - before, length, before == 0);
            point += index / length;
            index %= length;
            if (!Character.isValidCodePoint(point)) {
                return NONE;
            }
            points = inserted(points, index++, point);
        }
        return new String(points, 0, points.length);
    }

    /** Punycode begins to count with letters, Java with digits. */
    private static char shifted(char c) {
        if (c >= 'a' && c <= 'z') {
            return Character.forDigit(c - 'a', BASE);
        }
        return c >= '0' && c <= '9' ? Character.forDigit(c - '0' + MOST, BASE) : ' ';
    }

    private static int[] inserted(int[] points, int index, int point) {
        int[] longer = Arrays.copyOf(points, points.length + 1);
        System.arraycopy(points, index, longer, index + 1, points.length - index);
        longer[index] = point;
        return longer;
    }

    private static int adapted(int delta, int length, boolean isFirst) {
        int rest = isFirst ? delta / DAMP : delta / 2;
        rest += rest / length;
        int step = 0;
        while (rest > (BASE - LEAST) * MOST / 2) {
            rest /= BASE - LEAST;
            step += BASE;
        }
        return step + (BASE - LEAST + 1) * rest / (rest + SKEW);
    }
}
