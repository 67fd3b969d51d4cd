package io.maildomain.operator.cloudflare.ratelimit;

/** Who is served first while the budget is short: the first class comes before the second, and so on. */
public enum ServiceClass {
    /** A user changed the resource, or deletes it. */
    CHANGE(Integer.MAX_VALUE),
    /** Nothing was said of the resource yet. */
    FIRST_SIGHT(4),
    /** It is not as it should be, and a user or something else has to act first. */
    WAITING(9),
    /** A routine check of what was well when it was last looked at. */
    CHECK(9);

    private final int patience;

    ServiceClass(int patience) {
        this.patience = patience;
    }

    /**
     * After so many turns of higher classes that went before it, one of this class comes first: so that no class waits for
     * ever, whatever the higher ones ask for.
     */
    int patience() {
        return patience;
    }
}
