package io.maildomain.operator.status;

/** The condition types that our resources carry. */
public enum ConditionType {
    /** Sums up all others. */
    READY("Ready"),
    /** A usable runtime token was found in the Secret that the resource names. */
    CREDENTIALS_VALID("CredentialsValid"),
    /** The zone exists, is ours to use, and is active. */
    ZONE_READY("ZoneReady"),
    /** Email Routing is switched on for the zone. */
    ROUTING_ENABLED("RoutingEnabled"),
    /** The records that mail needs stand on the domain and on each of its subdomains. */
    DNS_READY("DNSReady"),
    /** The world is led to Email Routing; no part of Ready. */
    MAIL_DELIVERABLE("MailDeliverable"),
    /** Every routing rule is as the spec says. */
    RULES_SYNCED("RulesSynced"),
    /** The catch-all is as the spec says. */
    CATCH_ALL_APPLIED("CatchAllApplied"),
    /** Cloudflare is as the spec says; only where the operator was told not to make it so (Observe, drift Report). */
    IN_SYNC("InSync"),
    /** The runtime surface of an account has a token that works. */
    RUNTIME_TOKEN_VALID("RuntimeTokenValid"),
    /** The deploy surface of an account has a token that works. */
    DEPLOY_TOKEN_VALID("DeployTokenValid"),
    /** The account can create zones. */
    DOMAIN_BINDING_ENABLED("DomainBindingEnabled"),
    /** What is healthy was compared with Cloudflare not long ago; only once it was, or should have been. */
    CHECKS_CURRENT("ChecksCurrent"),
    /** The files of what is to be deployed are known, and are those that their digest names. */
    SOURCE_READY("SourceReady"),
    /** Everything at Cloudflare that a deployment needs is there, granted and free. */
    TARGETS_READY("TargetsReady"),
    /** Every migration of every database of a Worker is applied. */
    MIGRATED("Migrated"),
    /** What was deployed is what serves. */
    DEPLOYED("Deployed"),
    /** What leads requests to a Worker or site is as the spec says. */
    TRIGGERS_APPLIED("TriggersApplied"),
    /** kstatus: work is under way or waited for; present only when True. */
    RECONCILING("Reconciling"),
    /** kstatus: nothing more will happen by itself soon; present only when True. */
    STALLED("Stalled");

    private final String words;

    ConditionType(String words) {
        this.words = words;
    }

    /** The type as it stands in {@code status.conditions[].type}. */
    public String value() {
        return words;
    }
}
