package io.maildomain.operator.cloudflare;

/** Harmless reads, one for each right of the deploy surface. */
public enum DeployProbe {
    D1(CloudflareCall.LIST_D1_DATABASES),
    WORKERS_SCRIPTS(CloudflareCall.LIST_WORKERS_SCRIPTS),
    R2_BUCKETS(CloudflareCall.LIST_R2_BUCKETS),
    PAGES_PROJECTS(CloudflareCall.LIST_PAGES_PROJECTS),
    WORKERS_ROUTES(CloudflareCall.LIST_WORKERS_ROUTES);

    private final CloudflareCall call;

    DeployProbe(CloudflareCall call) {
        this.call = call;
    }

    public CloudflareCall call() {
        return call;
    }

    /** The right that a success shows to be at least readable. */
    public Permission right() {
        return call.right().orElseThrow();
    }

    /** Whether it asks about a zone; else about an account. */
    public boolean ofZone() {
        return this == WORKERS_ROUTES;
    }
}
