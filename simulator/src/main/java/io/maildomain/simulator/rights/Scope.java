package io.maildomain.simulator.rights;

/** What kind of thing a right speaks of. */
public enum Scope {
    ZONE("Zone", "com.cloudflare.api.account.zone"),
    ACCOUNT("Account", "com.cloudflare.api.account"),
    USER("User", "com.cloudflare.api.user");

    private final String label;
    private final String resource;

    Scope(String label, String resource) {
        this.label = label;
        this.resource = resource;
    }

    /** The first part of a right's name, e.g. {@code Zone}. */
    public String label() {
        return label;
    }

    /** The resource name of the API, as {@code GET …/tokens/permission_groups} shows it. */
    public String resource() {
        return resource;
    }
}
