package io.maildomain.api.v1alpha1;

import java.util.regex.Pattern;

/** What the API server takes in the fields of a manifest, for those who write one: the same patterns as its rules. */
public final class Admissible {

    private static final Pattern DOMAIN = pattern(Cel.IS_DOMAIN);
    private static final Pattern ADDRESS = pattern(Cel.IS_ADDRESS);
    private static final Pattern WORKER = pattern(Cel.IS_WORKER);

    private Admissible() {}

    /** Whether it can be the domain of a MailDomain. */
    public static boolean domain(String text) {
        return text.length() >= 3
                && text.length() <= 253
                && DOMAIN.matcher(text).matches();
    }

    /** Whether it can be the address of a rule, or what a rule forwards to. */
    public static boolean address(String text) {
        return text.length() >= 6
                && text.length() <= 90
                && !text.contains("*")
                && ADDRESS.matcher(text).matches();
    }

    /** Whether it can be the Worker of a rule. */
    public static boolean worker(String text) {
        return text.length() <= 90 && WORKER.matcher(text).matches();
    }

    /** The pattern in a rule such as {@code self.matches('^[a-z]+$')}. */
    private static Pattern pattern(String rule) {
        return Pattern.compile(rule.substring("self.matches('".length(), rule.length() - "')".length()));
    }
}
