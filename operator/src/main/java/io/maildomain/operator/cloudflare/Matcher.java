package io.maildomain.operator.cloudflare;

/**
 * Which mail a rule is about.
 *
 * @param type {@code literal} or {@code all}
 * @param field {@code to}; "" with {@code all}
 * @param value the address; "" with {@code all}
 */
public record Matcher(String type, String field, String value) {
    public Matcher {
        type = Text.shared(type);
        field = Text.shared(field);
        value = Text.orEmpty(value);
    }

    /** Mail to this very address. */
    public static Matcher to(String address) {
        return new Matcher("literal", "to", address);
    }
}
