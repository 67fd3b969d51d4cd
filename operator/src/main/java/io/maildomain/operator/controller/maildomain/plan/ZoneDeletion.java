package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.ZoneDeletionPolicy;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a zone is deleted with its MailDomain ({@code docs/guides/deletion.md#the-zone}). Pure; in doubt it is kept. */
public sealed interface ZoneDeletion {

    /** The sender policy that Email Routing adds ({@code docs/contributing/cloudflare-facts.md#settings-and-dns}). */
    String EMAIL_ROUTING_SPF = "v=spf1 include:_spf.mx.cloudflare.net ~all";

    /** It is ours, and nothing else uses it. */
    record Delete() implements ZoneDeletion {}

    /** It was there before us, or is to stay: nothing to say. */
    record NotOurs() implements ZoneDeletion {}

    /** We made it, yet keep it; people should know. */
    record Kept(String why) implements ZoneDeletion {}

    /**
     * What the decision rests on.
     *
     * @param resourceCreated the MailDomain's own creationTimestamp: a forged status can't move it
     * @param confirmed whether {@code maildomain.io/confirm-zone-deletion} names the domain
     * @param clockSkew how far Cloudflare's clock was seen behind the one that the MailDomain's age is by
     * @param usedByOthers whether rules or a catch-all of other users or tools stand in it
     */
    record Question(
            String domain,
            ZoneOwnership noted,
            Zone live,
            ZoneDeletionPolicy policy,
            Instant resourceCreated,
            Duration clockSkew,
            boolean confirmed,
            boolean usedByOthers) {}

    /** Whether the zone goes if its DNS records are nothing but Email Routing's: then they must be read. */
    static boolean hangsOnRecords(Question question) {
        return question.policy() == ZoneDeletionPolicy.DeleteIfUnused
                && decide(question, true, List.of()) instanceof Delete;
    }

    /** @param recordsKnown false where the records could not be read, or need not be */
    static ZoneDeletion decide(Question question, boolean recordsKnown, List<DnsRecord> records) {
        Zone live = question.live();
        if (question.noted().origin() != ZoneOrigin.Created || question.policy() == ZoneDeletionPolicy.Retain) {
            return new NotOurs();
        }
        if (!live.name().equalsIgnoreCase(question.domain())
                || !live.accountId().equals(question.noted().accountId())
                || live.createdOn().isBefore(question.resourceCreated().minus(question.clockSkew()))) {
            return new Kept("it is not the zone that was created for this resource");
        }
        if (isAtCloudflareRegistrar(live) && !question.confirmed()) {
            return new Kept("its domain is registered with Cloudflare Registrar: annotate"
                    + " maildomain.io/confirm-zone-deletion: " + question.domain() + " before deleting the resource");
        }
        if (question.policy() == ZoneDeletionPolicy.Delete) {
            return new Delete();
        }
        if (question.usedByOthers()) {
            return new Kept("rules of other users or tools stand in it");
        }
        if (!recordsKnown) {
            // Active or not: people are told to import their records into a pending zone.
            return new Kept(
                    "whether it holds DNS records of others is not known, for reading them takes Zone: DNS: Read,"
                            + " which the runtime rights do not contain");
        }
        return records.stream().allMatch(dns -> isEmailRoutings(dns, live.name()))
                ? new Delete()
                : new Kept("it holds DNS records besides those of Email Routing");
    }

    private static boolean isAtCloudflareRegistrar(Zone zone) {
        return zone.originalRegistrar().toLowerCase(Locale.ROOT).contains("cloudflare");
    }

    private static boolean isEmailRoutings(DnsRecord dns, String zone) {
        String content = dns.content().toLowerCase(Locale.ROOT);
        if (Set.of("NS", "SOA").contains(dns.type())) {
            // Below the zone's own name they hand a subdomain to other servers.
            return dns.name().equalsIgnoreCase(zone) || dns.name().equals("@");
        }
        if (dns.type().equals("MX")) {
            return content.endsWith(".mx.cloudflare.net");
        }
        // One that names more senders than Email Routing was written by a user.
        boolean spf = content.replace("\"", "").trim().equals(EMAIL_ROUTING_SPF);
        boolean dkim = dns.name().toLowerCase(Locale.ROOT).startsWith("cf2024-1._domainkey.");
        return dns.type().equals("TXT") && (spf || dkim);
    }
}
