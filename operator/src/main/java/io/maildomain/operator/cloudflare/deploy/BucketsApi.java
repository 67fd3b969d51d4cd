package io.maildomain.operator.cloudflare.deploy;

import java.util.Optional;

/** R2 buckets. None is ever created, emptied or deleted. */
public interface BucketsApi {
    /**
     * Whether a bucket is there.
     *
     * @param jurisdiction each has buckets of its own; {@code default} or "" for the usual one
     */
    Optional<Bucket> bucket(String name, String jurisdiction);
}
