package io.maildomain.operator.cloudflare;

import okhttp3.HttpUrl;

/** The public suffix list, as okhttp ships it: zones can be created for registrable domains alone. */
public final class RegistrableDomains {

    private RegistrableDomains() {}

    /** The registrable domain that the name lies under, or is; empty text for a public suffix or no domain at all. */
    public static String of(String domain) {
        try {
            HttpUrl url = new HttpUrl.Builder().scheme("https").host(domain).build();
            String top = url.topPrivateDomain();
            return top == null ? "" : top;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
