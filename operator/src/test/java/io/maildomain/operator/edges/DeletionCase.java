package io.maildomain.operator.edges;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.ZoneDeletionPolicy;
import java.util.ArrayList;
import java.util.List;

/** One combination of what can be so when a MailDomain and its CatchAllRule are deleted, and what must come of it. */
record DeletionCase(
        Origin origin,
        DeletionPolicy policy,
        ZoneDeletionPolicy zonePolicy,
        Secret secret,
        ZoneFate zone,
        Order order) {

    /** How the operator came to the zone. */
    enum Origin {
        CREATED,
        /** With Email Routing off, and the catch-all untouched. */
        ADOPTED,
        /** With Email Routing on, a rule of another user and a catch-all. */
        ADOPTED_IN_USE
    }

    /** What has become of the token when the deletion comes. */
    enum Secret {
        THERE,
        /** The operator remembers what it held. */
        GONE,
        GONE_AND_RESTARTED,
        /** Cloudflare does not know the token any more. */
        REVOKED,
        /** A user put another token there that Cloudflare does not know; the one that worked still would. */
        REPLACED_BY_A_BAD_ONE
    }

    /** What has become of the zone. */
    enum ZoneFate {
        PENDING,
        ACTIVE,
        /** The domain's name servers were moved away. */
        MOVED,
        GONE,
        /** The token's scope does not cover it any more. */
        HIDDEN
    }

    /** What is deleted when. */
    enum Order {
        DOMAIN_FIRST,
        CATCH_ALL_FIRST,
        BOTH_AT_ONCE,
        /** With the Secret that the namespace itself holds. */
        WHOLE_NAMESPACE
    }

    static List<DeletionCase> all() {
        List<DeletionCase> all = new ArrayList<>();
        for (Origin origin : Origin.values()) {
            for (Secret secret : Secret.values()) {
                for (ZoneFate zone : ZoneFate.values()) {
                    for (Order order : Order.values()) {
                        for (ZoneDeletionPolicy zonePolicy : ZoneDeletionPolicy.values()) {
                            all.add(new DeletionCase(origin, DeletionPolicy.Delete, zonePolicy, secret, zone, order));
                        }
                        all.add(new DeletionCase(
                                origin, DeletionPolicy.Retain, ZoneDeletionPolicy.Delete, secret, zone, order));
                    }
                }
            }
        }
        return all;
    }

    /** Those of {@link #all} that are run each time; they hold every pair of values. */
    static List<DeletionCase> pairwise() {
        return Pairwise.of(all(), DeletionCase::values);
    }

    /** What makes it up, and how it ends. */
    List<?> values() {
        return List.of(origin, policy, zonePolicy, secret, zone, order, heals());
    }

    /** Whether a deletion that waits gets what it waits for, or else is told to end: half of each kind of case. */
    boolean heals() {
        return (origin.ordinal()
                                + policy.ordinal()
                                + zonePolicy.ordinal()
                                + secret.ordinal()
                                + zone.ordinal()
                                + order.ordinal())
                        % 2
                == 0;
    }

    boolean retains() {
        return policy == DeletionPolicy.Retain;
    }

    /** Whether the operator holds a token that works, here or in its memory. */
    boolean canWork() {
        return secret == Secret.THERE || secret == Secret.GONE || secret == Secret.REPLACED_BY_A_BAD_ONE;
    }

    /** Whether what is to be undone can be, once it is deleted; with a token that sees no such zone nothing can. */
    boolean canCleanUp() {
        return canWork() && zone != ZoneFate.HIDDEN;
    }

    /** Whether the zone should be there in the end, if it is not gone already. */
    boolean keepsZone() {
        // With only the runtime rights it is not known what else stands in a zone, active or not.
        return origin != Origin.CREATED || retains() || zonePolicy != ZoneDeletionPolicy.Delete;
    }

    @Override
    public String toString() {
        return String.join(
                " ",
                origin.name(),
                policy.name(),
                "zone:" + zonePolicy,
                "secret:" + secret,
                "zone is " + zone,
                order.name());
    }
}
