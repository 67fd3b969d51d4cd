package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * What the operator last saw and did.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailDomainStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("What is true of this resource, one entry for each type; Ready sums up.")
        List<Condition> conditions,

        @JsonPropertyDescription("A few words for kubectl get.")
        MailDomainSummary summary,

        @JsonPropertyDescription("The zone at Cloudflare.") ZoneStatus zone,

        @JsonPropertyDescription(
                "Where the world is sent that asks for the domain, as DNS says. Absent while that is not known, and with "
                        + "--seen-outside=false.")
        DelegationStatus delegation,

        @JsonPropertyDescription("Email Routing on the zone.")
        RoutingStatus routing,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 60)
        @JsonPropertyDescription("Email Routing's DNS records, host by host.")
        List<HostStatus> dns,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 400)
        @JsonPropertyDescription("Each rule and how it fares.")
        List<RuleStatus> rules,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription(
                "What would change if the operator acted (mode Observe, drift Report), and what stays of Mailboxes that are gone or not "
                        + "seen; at most 50 of them.")
        List<@Size(max = Bounded.MESSAGE) String> pendingChanges,

        @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("How many changes are pending in all.")
        Integer pendingChangesTotal,

        @JsonPropertyDescription("The last time that another user's change at Cloudflare was brought back in line.")
        DriftCorrection lastDriftCorrected,

        @JsonPropertyDescription(
                "The operator's ownership record: what it did at Cloudflare and must undo. Do not edit it; without it "
                        + "nothing is deleted in doubt.")
        Ownership ownership,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The UID of the resource that this status speaks of: one that came from a backup speaks of another.")
        String observedUid,

        @Size(max = 64) @JsonPropertyDescription(Conditioned.LAST_HANDLED)
        String lastHandledReconcileAt)
        implements ObservedStatus {

    /** Replaces absent lists by empty ones, and cuts what is too long. */
    public MailDomainStatus {
        conditions = Bounded.list(conditions, 16);
        observedUid = Bounded.text(observedUid, Bounded.WORD);
        lastHandledReconcileAt = Bounded.text(lastHandledReconcileAt, Bounded.WORD);
        dns = Bounded.list(dns, 60);
        rules = Bounded.list(rules, 400);
        pendingChanges = Bounded.texts(pendingChanges, 50, Bounded.MESSAGE);
    }

    /** The zone that the MailDomain's ownership record notes; empty where it notes none, or there is no status yet. */
    public static Optional<ZoneOwnership> notedZone(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(MailDomainStatus::ownershipRecord)
                .flatMap(Ownership::notedZone);
    }

    /** The ownership record, if anything was ever noted in it. */
    @JsonIgnore
    public Optional<Ownership> ownershipRecord() {
        return Optional.ofNullable(ownership);
    }

    /** This status with that ownership record; null takes it out. */
    public MailDomainStatus withOwnership(Ownership other) {
        return with(observedGeneration, conditions, delegation, other, observedUid, lastHandledReconcileAt);
    }

    /** This status with these conditions, of this generation. */
    public MailDomainStatus withConditions(Long generation, List<Condition> others) {
        return with(generation, others, delegation, ownership, observedUid, lastHandledReconcileAt);
    }

    /** This status with that delegation, and what the conditions say of it; null: not known. */
    public MailDomainStatus withDelegation(DelegationStatus other, List<Condition> saying) {
        return with(observedGeneration, saying, other, ownership, observedUid, lastHandledReconcileAt);
    }

    /** This status as that of the resource with the UID. */
    public MailDomainStatus withObservedUid(String uid) {
        return with(observedGeneration, conditions, delegation, ownership, uid, lastHandledReconcileAt);
    }

    /** This status, acknowledging that request to look; null: none. */
    public MailDomainStatus withLastHandledReconcileAt(String request) {
        return with(observedGeneration, conditions, delegation, ownership, observedUid, request);
    }

    private MailDomainStatus with(
            Long generation,
            List<Condition> others,
            DelegationStatus delegation,
            Ownership ownership,
            String uid,
            String request) {
        return new MailDomainStatus(
                generation,
                others,
                summary,
                zone,
                delegation,
                routing,
                dns,
                rules,
                pendingChanges,
                pendingChangesTotal,
                lastDriftCorrected,
                ownership,
                uid,
                request);
    }

    /** A status that holds an ownership record and nothing else; null: nothing at all. */
    public static MailDomainStatus ofOwnership(Ownership ownership) {
        return new MailDomainStatus(
                null, null, null, null, null, null, null, null, null, null, null, ownership, null, null);
    }
}
