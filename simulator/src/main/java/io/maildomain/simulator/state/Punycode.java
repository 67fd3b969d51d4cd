package io.maildomain.simulator.state;

/** RFC 3492: letters of all scripts in the letters, digits and hyphens of a DNS label. */
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE_POINT = 128;

    private Punycode() {}

    /** A label in Punycode, without the prefix {@code xn--}. */
    static String encoded(String label) {
        int[] codePoints = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        label.codePoints().filter(c -> c < FIRST_CODE_POINT).forEach(out::appendCodePoint);
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int n = FIRST_CODE_POINT;
        int bias = FIRST_BIAS;
        int delta = 0;
        while (handled < codePoints.length) {
            int least = least(codePoints, n);
            delta += (least - n) * (handled + 1);
            n = least;
            for (int c : codePoints) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    appendNumber(out, delta, bias);
                    bias = adapted(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    private static int least(int[] codePoints, int from) {
        int least = Integer.MAX_VALUE;
        for (int c : codePoints) {
            if (c >= from) {
                least = Math.min(least, c);
            }
        }
        return least;
    }

    private static void appendNumber(StringBuilder out, int number, int bias) {
        int q = number;
        for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) {
                out.append(digit(q));
                return;
            }
            out.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
    }

    /**
     * What a label in Punycode, without the prefix {@code xn--}, stands for.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String decoded(String label) {
        int split = label.lastIndexOf('-');
        StringBuilder out = new StringBuilder(split < 0 ? "" : label.substring(0, split));
        int length = out.length();
        int n = FIRST_CODE_POINT;
        int bias = FIRST_BIAS;
        int i = 0;
        int at = split + 1;
        while (at < label.length()) {
            int before = i;
            int weight = 1;
            for (int k = BASE; ; k += BASE) {
                if (at >= label.length()) {
                    throw new IllegalArgumentException("a number ends early");
                }
                int digit = Character.digit(label.charAt(at++), BASE);
                // Punycode's digits are a to z, then 0 to 9.
                int value = digit < 0 ? -1 : digit < 10 ? digit + 26 : digit - 10;
                if (value < 0) {
                    throw new IllegalArgumentException("no digit");
                }
                i = Math.addExact(i, Math.multiplyExact(value, weight));
                int t = threshold(k, bias);
                if (value < t) {
                    break;
                }
                weight = Math.multiplyExact(weight, BASE - t);
            }
            length++;
            bias = adapted(i - before, length, before == 0);
            n = Math.addExact(n, i / length);
            i %= length;
            if (!Character.isValidCodePoint(n)) {
                throw new IllegalArgumentException("no character");
            }
            out.insert(out.offsetByCodePoints(0, i), Character.toString(n));
            i++;
        }
        return out.toString();
    }

    private static int threshold(int k, int bias) {
        return Math.max(T_MIN, Math.min(T_MAX, k - bias));
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapted(int delta, int count, boolean first) {
        int scaled = first ? delta / DAMP : delta / 2;
        scaled += scaled / count;
        int k = 0;
        while (scaled > (BASE - T_MIN) * T_MAX / 2) {
            scaled /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * scaled / (scaled + SKEW);
    }
}
