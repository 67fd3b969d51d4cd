package io.maildomain.operator.cloudflare.deploy;

/**
 * An R2 bucket.
 *
 * @param location such as {@code WEUR}; "" if it is not said
 */
public record Bucket(String name, String jurisdiction, String location) {
    private static final String USUAL = "default";

    /** Whether it means the usual jurisdiction, which is not named to Cloudflare. */
    public static boolean isUsual(String jurisdiction) {
        return jurisdiction.isEmpty() || jurisdiction.equals(USUAL);
    }
}
