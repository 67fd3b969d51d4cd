package io.maildomain.operator.cloudflare.errors;

/** What the token sees of a domain whose zone Cloudflare says exists: the error itself does not tell. */
public enum ZoneSighting {
    /** The token sees no zone of this name. */
    NOT_SEEN,
    /** It does, in the account that was asked. */
    SEEN,
    /** It does, in another account. */
    SEEN_IN_OTHER_ACCOUNT
}
