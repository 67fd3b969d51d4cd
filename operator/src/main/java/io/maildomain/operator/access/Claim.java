package io.maildomain.operator.access;

import java.util.Comparator;

/**
 * One resource's claim to a domain.
 *
 * @param accountId the Cloudflare account that it is for; empty where it is not known yet
 * @param tenure whether it manages the domain already
 * @param created the resource's creationTimestamp as Kubernetes writes it (RFC 3339, UTC)
 */
public record Claim(String uid, String namespace, String name, String accountId, Tenure tenure, String created) {

    /** How much there is to say that a resource manages the domain already; what counts more comes first. */
    enum Tenure {
        /** It has noted a zone, and this process has found it to hold the domain: no other status can change that. */
        PROVEN,
        /** It has noted a zone. */
        NOTED,
        /** It is about to note one: it has announced a zone that it creates, or this process has let it begin. */
        TAKING,
        /** It has noted a zone, and has given the domain up since: better than nothing, if no other took it. */
        YIELDED,
        NONE
    }

    /** The incumbent first, then the oldest, then the smaller UID. */
    static final Comparator<Claim> PRECEDENCE =
            Comparator.comparing(Claim::tenure).thenComparing(Claim::created).thenComparing(Claim::uid);

    /** Whether the resource has noted a zone. */
    boolean incumbent() {
        return tenure == Tenure.PROVEN || tenure == Tenure.NOTED;
    }

    /** Whether both are made in the same account; an account that is not known could be any. */
    boolean meets(Claim other) {
        return accountId.isEmpty() || other.accountId().isEmpty() || accountId.equals(other.accountId());
    }
}
