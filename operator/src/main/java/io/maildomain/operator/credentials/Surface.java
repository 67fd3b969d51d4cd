package io.maildomain.operator.credentials;

import java.util.List;

/** One of the two sets of rights that a token serves; each has a key of its own, and both share a fallback. */
public enum Surface {
    /** What the running operator does: zones, routing settings, routing rules. */
    RUNTIME("runtime", "CLOUDFLARE_RUNTIME_API_TOKEN"),
    /** What deploys the mail Workers: a user, or the operator where deploying is on; else it only looks whether the rights are there. */
    DEPLOY("deploy", "CLOUDFLARE_DEPLOY_API_TOKEN");

    /** The key that serves both surfaces where no split key does. */
    public static final String SHARED_KEY = "CLOUDFLARE_API_TOKEN";

    private final String word;
    private final String splitKey;

    Surface(String word, String splitKey) {
        this.word = word;
        this.splitKey = splitKey;
    }

    /** The surface's name in messages: {@code runtime} or {@code deploy}. */
    public String word() {
        return word;
    }

    /** The key of only this surface. */
    public String splitKey() {
        return splitKey;
    }

    /** The keys in the order in which they are looked up. */
    public List<String> keys() {
        return List.of(splitKey, SHARED_KEY);
    }
}
