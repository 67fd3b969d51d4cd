package io.maildomain.operator.cloudflare.deploy;

/** What became of a host name that was to lead to a Worker. */
public sealed interface CustomDomainAnswer {
    /** It leads to the Worker. */
    record Attached(CustomDomain domain) implements CustomDomainAnswer {}

    /** It stays as it is. */
    record Kept(Obstacle obstacle) implements CustomDomainAnswer {}

    /** Why a host name stays as it is. */
    enum Obstacle {
        /** It leads to another Worker. */
        OF_ANOTHER_WORKER,
        /** It has DNS records that Workers did not make. */
        HAS_RECORDS,
        /** No zone of the account holds it, or another than the one that was named. */
        NO_ZONE
    }
}
