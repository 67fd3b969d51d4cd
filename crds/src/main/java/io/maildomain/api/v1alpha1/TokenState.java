package io.maildomain.api.v1alpha1;

/** What Cloudflare says of a token, in Cloudflare's own words. */
public enum TokenState {
    /** Usable. */
    active,
    /** Past its end. */
    expired,
    /** Switched off by its owner, or revoked. */
    disabled,
    /** Not known: not asked yet, or Cloudflare did not say. */
    unknown
}
