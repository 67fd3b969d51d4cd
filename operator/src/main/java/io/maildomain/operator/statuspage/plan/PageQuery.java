package io.maildomain.operator.statuspage.plan;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a reader wants to see. Every text gives one: what is too long is cut rather than refused.
 *
 * @param number of the page of domains, from 1
 * @param attention only those that may need people
 * @param find what stands in a domain or name, lower case; "" for all
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
        find = cut(find.strip().toLowerCase(Locale.ROOT));
        address = cut(address.strip());
    }

    /** Whether not all domains are wanted. */
    boolean isSearch() {
        return attention || !find.isEmpty();
    }

    /** The same, on that page of domains; without the address, which was answered. */
    PageQuery on(int other) {
        return new PageQuery(other, attention, find, "");
    }

    /** A link that asks for it; without the address. */
    String link() {
        return "?page=" + number + (attention ? "&show=attention" : "")
                + (find.isEmpty() ? "" : "&find=" + escaped(find)) + "#domains";
    }

    /** As a link has it. */
    private static String escaped(String text) {
        StringBuilder link = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            boolean plain =
                    letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9' || "._-".indexOf(letter) >= 0;
            link.append(plain ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
        }
        return link.toString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
