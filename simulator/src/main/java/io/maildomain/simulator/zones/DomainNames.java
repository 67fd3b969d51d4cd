package io.maildomain.simulator.zones;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names can be added as a zone. Cloudflare uses the whole public suffix list; the simulator knows the suffixes
 * of one label and the common ones of two.
 */
final class DomainNames {

    private static final Pattern FORM = Pattern.compile(
            "(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\\.)*" + "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Set<String> SUFFIXES_OF_TWO = Set.of(
            "co.uk",
            "org.uk",
            "me.uk",
            "ltd.uk",
            "plc.uk",
            "net.uk",
            "ac.uk",
            "gov.uk",
            "com.au",
            "net.au",
            "org.au",
            "co.nz",
            "org.nz",
            "net.nz",
            "co.jp",
            "ne.jp",
            "or.jp",
            "ac.jp",
            "com.br",
            "net.br",
            "org.br",
            "com.cn",
            "net.cn",
            "org.cn",
            "com.mx",
            "org.mx",
            "com.tr",
            "org.tr",
            "co.in",
            "org.in",
            "net.in",
            "co.kr",
            "or.kr",
            "co.za",
            "org.za",
            "qzz.io",
            "dpdns.org",
            "com.sg",
            "com.hk",
            "com.tw",
            "com.ar",
            "com.pl",
            "co.il",
            "org.il",
            "com.ua",
            "co.th");

    private DomainNames() {}

    /** Whether the text is a host name, in lower case. */
    static boolean isWellFormed(String name) {
        return FORM.matcher(name).matches();
    }

    /** Whether the name cannot be registered: it is a public suffix itself. */
    static boolean isPublicSuffix(String name) {
        return name.indexOf('.') < 0 || SUFFIXES_OF_TWO.contains(name);
    }

    /** Whether the name lies below one that a user can register. */
    static boolean isSubdomain(String name) {
        String parent = name.substring(name.indexOf('.') + 1);
        return !isPublicSuffix(name) && !isPublicSuffix(parent);
    }
}
