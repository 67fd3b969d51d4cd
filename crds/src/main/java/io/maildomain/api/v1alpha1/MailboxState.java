package io.maildomain.api.v1alpha1;

/** How a Mailbox stands. */
public enum MailboxState {
    /** Mail for the address goes where the spec says. */
    Active,
    /** The rule is there and switched off, as the spec says: its mail goes to the catch-all. */
    Disabled,
    /** The rule is not written yet. */
    Pending,
    /** The MailDomain is not ready for rules: it waits for its zone, say, or is suspended. */
    Waiting,
    /** Its time is over, and its rule is gone. */
    Expired,
    /** There is no such MailDomain, or it does not let this Mailbox attach. */
    NotAttached,
    /** The CloudflareAccount does not grant the action to the MailDomain's namespace. */
    AccessDenied,
    /** The MailDomain, an older Mailbox, or another user or tool has a rule for the address. */
    Conflict,
    /** The domain has as many rules as Cloudflare allows, or the namespace as many Mailboxes as the MailDomain does. */
    TooManyRules,
    /** The destination address is not verified yet. */
    DestinationUnverified,
    /** The Worker does not exist. */
    WorkerMissing,
    /** Another user or tool changed the rule at Cloudflare, and the MailDomain only reports such. */
    Drifted,
    /** Cloudflare refused the rule. */
    Failed
}
