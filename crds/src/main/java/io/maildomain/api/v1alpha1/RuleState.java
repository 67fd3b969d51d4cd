package io.maildomain.api.v1alpha1;

/** The state of one rule. */
public enum RuleState {
    /** Cloudflare has the rule as the spec says, and it is ours. */
    Synced,
    /** Another user or tool created a rule that does what the spec says; it stays as it is and is never deleted. */
    Matched,
    /** The rule is not written yet. */
    Pending,
    /** Cloudflare refused the rule. */
    Failed,
    /** Another user or tool created a different rule for the address. */
    Conflict,
    /** The destination address is not verified yet. */
    DestinationUnverified,
    /** The Worker does not exist. */
    WorkerMissing,
    /** The account does not grant the action to this namespace. */
    AccessDenied,
    /** Others keep changing the rule; the operator stopped. */
    Contested,
    /** The rule that exists says more than a MailDomain can say, so it is not taken over. */
    NotExpressible
}
