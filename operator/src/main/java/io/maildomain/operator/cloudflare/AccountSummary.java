package io.maildomain.operator.cloudflare;

/** An account that a token sees. */
public record AccountSummary(String id, String name) {
    public AccountSummary {
        name = Text.orEmpty(name);
    }
}
