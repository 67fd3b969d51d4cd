package io.maildomain.simulator.state;

import java.util.UUID;
import java.util.regex.Pattern;

/** Cloudflare's identifiers: 32 hexadecimal digits, lower case. */
public final class Ids {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    private Ids() {}

    /** A new identifier. */
    public static String next() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Whether the text has the form of an identifier. */
    public static boolean isWellFormed(String text) {
        return text != null && FORM.matcher(text).matches();
    }
}
