package io.maildomain.api.v1alpha1;

import java.util.List;

/** Where a reason appears: in a condition of a kind, or in an Event about a resource of it. */
public enum ReasonPlace {
    CREDENTIALS_VALID("MailDomain", "CredentialsValid"),
    ZONE_READY("MailDomain", "ZoneReady"),
    ROUTING_ENABLED("MailDomain", "RoutingEnabled"),
    DNS_READY("MailDomain", "DNSReady"),
    RULES_SYNCED("MailDomain", "RulesSynced"),
    MAIL_DELIVERABLE("MailDomain", "MailDeliverable"),
    DOMAIN_READY("MailDomain", "Ready"),
    IN_SYNC("MailDomain", "InSync"),
    DOMAIN_EVENT("MailDomain", ReasonPlace.EVENT),
    CATCH_ALL_APPLIED("CatchAllRule", "CatchAllApplied"),
    CATCH_ALL_READY("CatchAllRule", "Ready"),
    CATCH_ALL_IN_SYNC("CatchAllRule", "InSync"),
    CATCH_ALL_EVENT("CatchAllRule", ReasonPlace.EVENT),
    ACCOUNT_READY("CloudflareAccount", "Ready"),
    RUNTIME_TOKEN_VALID("CloudflareAccount", "RuntimeTokenValid"),
    DEPLOY_TOKEN_VALID("CloudflareAccount", "DeployTokenValid"),
    DOMAIN_BINDING_ENABLED("CloudflareAccount", "DomainBindingEnabled"),
    CHECKS_CURRENT("CloudflareAccount", "ChecksCurrent"),
    ACCOUNT_EVENT("CloudflareAccount", ReasonPlace.EVENT),
    SECRET_EVENT("Secret", ReasonPlace.EVENT),
    DOMAIN_RECONCILING("MailDomain", "Reconciling"),
    CATCH_ALL_RECONCILING("CatchAllRule", "Reconciling"),
    ACCOUNT_RECONCILING("CloudflareAccount", "Reconciling"),
    WORKER_SOURCE_READY("MailWorker", "SourceReady"),
    WORKER_CREDENTIALS_VALID("MailWorker", "CredentialsValid"),
    WORKER_TARGETS_READY("MailWorker", "TargetsReady"),
    WORKER_MIGRATED("MailWorker", "Migrated"),
    WORKER_DEPLOYED("MailWorker", "Deployed"),
    WORKER_TRIGGERS_APPLIED("MailWorker", "TriggersApplied"),
    WORKER_READY("MailWorker", "Ready"),
    WORKER_RECONCILING("MailWorker", "Reconciling"),
    WORKER_IN_SYNC("MailWorker", "InSync"),
    WORKER_EVENT("MailWorker", ReasonPlace.EVENT),
    SITE_SOURCE_READY("MailSite", "SourceReady"),
    SITE_CREDENTIALS_VALID("MailSite", "CredentialsValid"),
    SITE_TARGETS_READY("MailSite", "TargetsReady"),
    SITE_DEPLOYED("MailSite", "Deployed"),
    SITE_TRIGGERS_APPLIED("MailSite", "TriggersApplied"),
    SITE_READY("MailSite", "Ready"),
    SITE_RECONCILING("MailSite", "Reconciling"),
    SITE_IN_SYNC("MailSite", "InSync"),
    SITE_EVENT("MailSite", ReasonPlace.EVENT),
    MAILBOX_READY("Mailbox", "Ready"),
    MAILBOX_EVENT("Mailbox", ReasonPlace.EVENT),
    DESTINATION_READY("DestinationAddress", "Ready"),
    DESTINATION_RECONCILING("DestinationAddress", "Reconciling"),
    DESTINATION_EVENT("DestinationAddress", ReasonPlace.EVENT),
    /** Nowhere: it lasts a moment, and changes no condition. */
    UNSAID("", "");

    /** Wherever the state of a token is told. */
    static final List<ReasonPlace> OF_TOKENS = List.of(
            CREDENTIALS_VALID,
            CATCH_ALL_APPLIED,
            RUNTIME_TOKEN_VALID,
            DEPLOY_TOKEN_VALID,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID,
            DESTINATION_READY);

    /** Where it is said that others come first at Cloudflare. */
    static final List<ReasonPlace> OF_QUEUES = List.of(
            DOMAIN_RECONCILING,
            CATCH_ALL_RECONCILING,
            ACCOUNT_RECONCILING,
            WORKER_RECONCILING,
            SITE_RECONCILING,
            DESTINATION_RECONCILING,
            DOMAIN_READY,
            ACCOUNT_READY,
            WORKER_READY,
            SITE_READY,
            DESTINATION_READY);

    /** Wherever a call to Cloudflare may fail. */
    static final List<ReasonPlace> OF_CALLS = List.of(
            ZONE_READY,
            ROUTING_ENABLED,
            DNS_READY,
            RULES_SYNCED,
            CATCH_ALL_APPLIED,
            WORKER_TARGETS_READY,
            WORKER_MIGRATED,
            WORKER_DEPLOYED,
            WORKER_TRIGGERS_APPLIED,
            SITE_TARGETS_READY,
            SITE_DEPLOYED,
            SITE_TRIGGERS_APPLIED,
            DESTINATION_READY);

    private static final String EVENT = "Event";

    private final String kind;
    private final String where;

    ReasonPlace(String kind, String where) {
        this.kind = kind;
        this.where = where;
    }

    /** The kind of resource; empty where it is said of none. */
    public String kind() {
        return kind;
    }

    /** The type of the condition, or {@code Event}. */
    public String where() {
        return where;
    }
}
