package io.maildomain.operator.cloudflare.deploy;

/**
 * How much of a Worker's requests one version serves.
 *
 * @param percentage from 0 to 100; a version with 0 answers those who ask for it
 */
public record TrafficShare(String versionId, double percentage) {
    public TrafficShare {
        if (!(percentage >= 0 && percentage <= 100)) {
            throw new IllegalArgumentException("a percentage is from 0 to 100");
        }
    }

    /** All of it. */
    public static TrafficShare all(String versionId) {
        return new TrafficShare(versionId, 100);
    }
}
