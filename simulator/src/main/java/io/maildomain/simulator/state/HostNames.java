package io.maildomain.simulator.state;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The two forms of a host name: A-labels ({@code xn--bcher-kva}), which the state holds, and U-labels ({@code bücher}). */
public final class HostNames {

    private static final String PREFIX = "xn--";

    private HostNames() {}

    /** In lower case and A-labels. */
    public static String ascii(String name) {
        String normal = Normalizer.normalize(name, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\u3002\uff0e\uff61]", ".");
        return eachLabel(normal, label -> isAscii(label) ? label : PREFIX + Punycode.encoded(label));
    }

    /** In U-labels, where the A-labels stand for something. */
    public static String unicode(String name) {
        return eachLabel(name, HostNames::unicodeLabel);
    }

    /** The same of an address: only its domain. */
    public static String asciiAddress(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + ascii(address.substring(at + 1));
    }

    /** Whether two texts are one address; neither case nor the domain's form matters. */
    public static boolean sameAddress(String one, String other) {
        return asciiAddress(one).equalsIgnoreCase(asciiAddress(other));
    }

    private static String eachLabel(String name, UnaryOperator<String> change) {
        return Arrays.stream(name.split("\\.", -1)).map(change).collect(Collectors.joining("."));
    }

    private static String unicodeLabel(String label) {
        if (!label.startsWith(PREFIX)) {
            return label;
        }
        try {
            return Punycode.decoded(label.substring(PREFIX.length()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return label;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
