package io.maildomain.operator.controller.maildomain.plan;

import java.util.List;
import java.util.Locale;

/** What an SPF record says of who may send mail for a host. Pure. */
final class SenderPolicy {

    private static final String VERSION = "v=spf1";
    private static final String EMAIL_ROUTING = "include:_spf.mx.cloudflare.net";

    private SenderPolicy() {}

    /** Whether a TXT record's text is a sender policy; in an answer it may stand in quotes, cut in several strings. */
    static boolean isOne(String text) {
        return plain(text).startsWith(VERSION);
    }

    /** Whether the policy names only Email Routing: one that names others was written by a user. */
    static boolean isEmailRoutings(String text) {
        List<String> terms = List.of(plain(text).split(" +"));
        return terms.contains(EMAIL_ROUTING)
                && terms.stream()
                        .skip(1)
                        .filter(term -> !term.equals(EMAIL_ROUTING))
                        .allMatch(term -> term.matches("[-~?+]?all"));
    }

    /** The policy within a sentence that names a record, such as {@code TXT example.com v=spf1 -all}. */
    static boolean namesEmailRoutingsOwn(String words) {
        int start = words.toLowerCase(Locale.ROOT).indexOf(VERSION);
        return start >= 0 && isEmailRoutings(words.substring(start));
    }

    /** Strings that a server cut for their length are one text (RFC 7208, 3.3). */
    private static String plain(String text) {
        return text.replaceAll("\"\\s+\"", "").replace("\"", "").strip().toLowerCase(Locale.ROOT);
    }
}
