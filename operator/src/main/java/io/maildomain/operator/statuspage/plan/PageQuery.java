package io.maildomain.operator.statuspage.plan;

import java.util.Locale;

/**
 * What a reader wants to see. Every text gives one: what cannot be meant is left out rather than refused.
 *
 * @param number of the page of domains, from 1
 * @param attention only those that may need people
 * @param find what stands in a domain or name; lower case, and only what such a name can have; "" for all
 * @param address whose way is followed, as it was typed; "" for none
 */
public record PageQuery(int number, boolean attention, String find, String address) {

    /** Longer than any domain, and than any name. */
    static final int LONGEST = 320;

    private static final int MOST_PAGES = 1_000_000;

    /** The first page, of all. */
    public static final PageQuery NONE = new PageQuery(1, false, "", "");

    public PageQuery {
        number = Math.min(Math.max(1, number), MOST_PAGES);
        find = cut(find.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._/-]", ""));
        address = cut(address.strip());
    }

    /** The same, on that page of domains; without the address, which was answered. */
    PageQuery on(int other) {
        return new PageQuery(other, attention, find, "");
    }

    /** A link that asks for it; without the address. */
    String link() {
        return "?page=" + number + (attention ? "&show=attention" : "") + (find.isEmpty() ? "" : "&find=" + find)
                + "#domains";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
