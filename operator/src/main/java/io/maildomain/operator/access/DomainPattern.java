package io.maildomain.operator.access;

import java.util.Locale;

/**
 * A domain of a grant: a registrable domain, {@code *.co.uk} ({@code *} is one label), or {@code *} for all. Each covers
 * its subdomains.
 */
record DomainPattern(String text) {

    DomainPattern {
        text = text.toLowerCase(Locale.ROOT);
    }

    boolean covers(String domain) {
        if (text.equals("*")) {
            return true;
        }
        String[] wanted = text.split("\\.", -1);
        String[] given = domain.toLowerCase(Locale.ROOT).split("\\.", -1);
        int surplus = given.length - wanted.length;
        if (surplus < 0) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(given[surplus + i])) {
                return false;
            }
        }
        return true;
    }

    boolean namesExactly(String domain) {
        return text.indexOf('*') < 0 && text.equalsIgnoreCase(domain);
    }
}
