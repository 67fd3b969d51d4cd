package io.maildomain.operator.access;

import io.maildomain.operator.cloudflare.HostNames;

/**
 * A domain of a grant: a registrable domain, {@code *.co.uk} ({@code *} is one label), or {@code *} for all. Each covers
 * its subdomains.
 */
record DomainPattern(String text) {

    DomainPattern {
        // One with a dot at its end was never taken for a domain.
        text = text.endsWith(".") ? text : HostNames.ascii(text);
    }

    boolean covers(String domain) {
        if (text.equals("*")) {
            return true;
        }
        String[] wanted = text.split("\\.", -1);
        String[] given = HostNames.ascii(domain).split("\\.", -1);
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
        return text.indexOf('*') < 0 && text.equals(HostNames.ascii(domain));
    }
}
