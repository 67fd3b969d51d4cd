package io.maildomain.operator.claims;

import java.util.Comparator;

/**
 * One resource's claim to a domain.
 *
 * @param accountId the Cloudflare account that it is made in; empty where it is not known yet
 * @param incumbent whether the resource has noted a zone: it manages the domain already
 * @param created the resource's creationTimestamp as Kubernetes writes it (RFC 3339, UTC)
 */
public record Claim(String uid, String namespace, String name, String accountId, boolean incumbent, String created) {

    /** The incumbent first, then the oldest, then the smaller UID. */
    static final Comparator<Claim> PRECEDENCE = Comparator.<Claim, Boolean>comparing(claim -> !claim.incumbent())
            .thenComparing(Claim::created)
            .thenComparing(Claim::uid);

    /** Whether both are made in the same account; an account that is not known could be any. */
    boolean meets(Claim other) {
        return accountId.isEmpty() || other.accountId().isEmpty() || accountId.equals(other.accountId());
    }
}
