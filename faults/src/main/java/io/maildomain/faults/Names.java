package io.maildomain.faults;

import java.util.regex.Pattern;

/**
 * What a place calls the domains of the life, and what is deployed in it: where several places share one Cloudflare, each has its own.
 *
 * @param suffix of the domains' first label; empty: they are called as everywhere
 */
record Names(String suffix) {

    private static final Pattern DOMAIN = Pattern.compile("\\b(fresh|settled|bystander|cold)\\.example");

    private static final Pattern OF_OTHERS = Pattern.compile("\\b(fresh|settled|bystander|cold)-\\w+\\.example");

    /** Workers, databases, buckets and projects. */
    private static final Pattern DEPLOYED = Pattern.compile("\\blife-[a-z]+\\b");

    /** A text about the domains of the life, as it reads here. */
    String here(String text) {
        return suffix.isEmpty()
                ? text
                : DEPLOYED.matcher(DOMAIN.matcher(text).replaceAll("$1" + suffix + ".example"))
                        .replaceAll("$0" + suffix);
    }

    /** A text from here, as it reads everywhere. */
    String anywhere(String text) {
        return suffix.isEmpty()
                ? text
                : text.replace(suffix + ".example", ".example").replaceAll("\\b(life-[a-z]+)" + suffix + "\\b", "$1");
    }

    /** Whether a text that reads as everywhere is about a domain of another place. */
    boolean isOfAnotherPlace(String text) {
        return !suffix.isEmpty() && OF_OTHERS.matcher(text).find();
    }

    /** Whether a Worker, database, bucket or project is one of this place's. */
    boolean isDeployed(String name) {
        return suffix.isEmpty() || name.endsWith(suffix);
    }

    /** Whether a domain is one of this place's. */
    boolean isOurs(String domain) {
        return suffix.isEmpty() || domain.endsWith(suffix + ".example");
    }

    /** What Cloudflare calls the place's token. */
    String token() {
        return "runtime" + suffix;
    }

    /** The token itself. */
    String tokenValue() {
        return InitialState.TOKEN + suffix;
    }
}
