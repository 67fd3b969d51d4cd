package io.maildomain.simulator.rights;

/** The products whose rights the simulator tells apart; the names are those of {@code x-api-token-group} in the schema. */
public enum Product {
    ZONE(Scope.ZONE, "Zone"),
    ZONE_SETTINGS(Scope.ZONE, "Zone Settings"),
    EMAIL_ROUTING_RULES(Scope.ZONE, "Email Routing Rules"),
    DNS(Scope.ZONE, "DNS"),
    WORKERS_ROUTES(Scope.ZONE, "Workers Routes"),
    ACCOUNT_SETTINGS(Scope.ACCOUNT, "Account Settings"),
    ACCOUNT_API_TOKENS(Scope.ACCOUNT, "Account API Tokens"),
    EMAIL_ROUTING_ADDRESSES(Scope.ACCOUNT, "Email Routing Addresses"),
    EMAIL_ROUTING_SUPPRESSIONS(Scope.ACCOUNT, "Email Routing Suppressions"),
    D1(Scope.ACCOUNT, "D1"),
    WORKERS_SCRIPTS(Scope.ACCOUNT, "Workers Scripts"),
    WORKERS_R2_STORAGE(Scope.ACCOUNT, "Workers R2 Storage"),
    CLOUDFLARE_PAGES(Scope.ACCOUNT, "Cloudflare Pages"),
    USER_DETAILS(Scope.USER, "User Details"),
    MEMBERSHIPS(Scope.USER, "Memberships"),
    API_TOKENS(Scope.USER, "API Tokens");

    private final Scope scope;
    private final String label;

    Product(Scope scope, String label) {
        this.scope = scope;
        this.label = label;
    }

    /** What kind of thing rights of this product speak of. */
    public Scope scope() {
        return scope;
    }

    /** The middle part of a right's name, e.g. {@code Zone Settings}. */
    public String label() {
        return label;
    }
}
