package io.maildomain.operator.dns.plan;

import java.util.Locale;

/** Names as they come from DNS, made fit for a status and a log: who runs a name server chooses what stands in its answers. */
public final class HostText {

    /** As long as a name can be. */
    private static final int LONGEST = 253;

    private HostText() {}

    /** In lower case, without the dot at the end, and with a {@code ?} for all that no name of a host has; the root is a dot. */
    public static String of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String relative = lower.length() > 1 && lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        String plain = relative.replaceAll("[^a-z0-9._-]", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
    }
}
