package io.maildomain.operator.cloudflare;

import java.util.Locale;
import okhttp3.HttpUrl;

/**
 * The one form in which names of hosts are compared: lower case, A-labels ({@code xn--bcher-kva}), no dot at the end.
 * Cloudflare takes A-labels and answers with U-labels ({@code bücher}).
 *
 * <p>U-labels are translated by UTS 46 without its transitional mapping, as browsers and Cloudflare do: {@code ß} stays a
 * letter of its own. With the mapping of IDNA 2003, the answer about {@code straße.example} would be taken for one about
 * {@code strasse.example}, which belongs to other people. What cannot be translated is left as it is: then it equals no
 * name of ours, and an odd record of another user's does no harm.
 */
public final class HostNames {

    private HostNames() {}

    /** The name in the form that is compared; never null, whatever is given. */
    public static String ascii(String name) {
        if (name == null) {
            return "";
        }
        boolean rooted = name.length() > 1 && name.endsWith(".");
        String relative = rooted ? name.substring(0, name.length() - 1) : name;
        return isAscii(relative) ? relative.toLowerCase(Locale.ROOT) : translated(relative);
    }

    /** The address with its domain in that form; what stands before its last {@code @} is left as it is. */
    public static String asciiAddress(String address) {
        if (address == null) {
            return "";
        }
        int at = address.lastIndexOf('@');
        return at < 0 ? address : address.substring(0, at + 1) + ascii(address.substring(at + 1));
    }

    /** Whether both are the same name. */
    public static boolean same(String one, String other) {
        return ascii(one).equals(ascii(other));
    }

    /** Whether both are the same address; Cloudflare compares addresses without regard to case. */
    public static boolean sameAddress(String one, String other) {
        return asciiAddress(one).equalsIgnoreCase(asciiAddress(other));
    }

    private static String translated(String name) {
        // A URL's host would be percent-decoded, and end at a slash or colon.
        if (!name.chars().allMatch(c -> c >= 128 || isHostCharacter(c))) {
            return name;
        }
        try {
            return new HttpUrl.Builder().scheme("https").host(name).build().host();
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static boolean isHostCharacter(int c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '*';
    }
}
