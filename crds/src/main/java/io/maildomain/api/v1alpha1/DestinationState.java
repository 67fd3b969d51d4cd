package io.maildomain.api.v1alpha1;

/** How a destination address stands. */
public enum DestinationState {
    /** Its owner clicked the link: rules can forward to it. */
    Verified,
    /** It stands in the account, and its owner has not clicked the link yet. */
    Unverified,
    /** It does not stand in the account yet. */
    Pending,
    /** It was deleted in the account after it had been there. It is created anew, and a link mailed, only on request. */
    Gone,
    /** The operator's token may not read the account's destination addresses, or the last list could not be read. */
    Unknown,
    /** The CloudflareAccount does not let this namespace forward to the address. */
    AccessDenied,
    /** Cloudflare refused the address. */
    Failed
}
