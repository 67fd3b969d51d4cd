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
public record MailSiteStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("What is true of this resource, one entry for each type; Ready sums up.")
        List<Condition> conditions,

        @JsonPropertyDescription("A few words for kubectl get.")
        DeploySummary summary,

        @JsonPropertyDescription("What the source held when it was last looked at.")
        SourceStatus source,

        @JsonPropertyDescription("The deployment that serves the site.")
        ServingVersion serving,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription(
                "What would be done at Cloudflare if the operator acted (mode Observe), at most 50 of it.")
        List<@Size(max = Bounded.MESSAGE) String> pendingChanges,

        @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("How many changes are pending in all.")
        Integer pendingChangesTotal,

        @JsonPropertyDescription(
                "The operator's ownership record: what it did at Cloudflare, and what it may delete. Do not edit it; without it "
                        + "nothing is deleted in doubt.")
        SiteOwnership ownership,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The UID of the resource that this status speaks of: one that came from a backup speaks of another.")
        String observedUid,

        @Size(max = 64) @JsonPropertyDescription(Conditioned.LAST_HANDLED)
        String lastHandledReconcileAt)
        implements ObservedStatus {

    /** Replaces an absent list by an empty one, and cuts what is too long. */
    public MailSiteStatus {
        conditions = Bounded.list(conditions, 16);
        pendingChanges = Bounded.texts(pendingChanges, 50, Bounded.MESSAGE);
        observedUid = Bounded.text(observedUid, Bounded.WORD);
        lastHandledReconcileAt = Bounded.text(lastHandledReconcileAt, Bounded.WORD);
    }

    /** A status that holds an ownership record and nothing else; null: nothing at all. */
    public static MailSiteStatus ofOwnership(SiteOwnership ownership) {
        return new MailSiteStatus(null, null, null, null, null, null, null, ownership, null, null);
    }

    /** The ownership record, if anything was ever noted in it. */
    @JsonIgnore
    public Optional<SiteOwnership> ownershipRecord() {
        return Optional.ofNullable(ownership);
    }

    /** What the source held. */
    @JsonIgnore
    public Optional<SourceStatus> seenSource() {
        return Optional.ofNullable(source);
    }

    /** What serves. */
    @JsonIgnore
    public Optional<ServingVersion> seenServing() {
        return Optional.ofNullable(serving);
    }

    /** This status with that ownership record; null takes it out. */
    public MailSiteStatus withOwnership(SiteOwnership other) {
        return new MailSiteStatus(
                observedGeneration,
                conditions,
                summary,
                source,
                serving,
                pendingChanges,
                pendingChangesTotal,
                other,
                observedUid,
                lastHandledReconcileAt);
    }

    /** This status with these conditions, of this generation. */
    public MailSiteStatus withConditions(Long generation, List<Condition> others) {
        return new MailSiteStatus(
                generation,
                others,
                summary,
                source,
                serving,
                pendingChanges,
                pendingChangesTotal,
                ownership,
                observedUid,
                lastHandledReconcileAt);
    }

    /** This status as that of the resource with the UID. */
    public MailSiteStatus withObservedUid(String uid) {
        return new MailSiteStatus(
                observedGeneration,
                conditions,
                summary,
                source,
                serving,
                pendingChanges,
                pendingChangesTotal,
                ownership,
                uid,
                lastHandledReconcileAt);
    }

    /** This status, acknowledging that request to look; null: none. */
    public MailSiteStatus withLastHandledReconcileAt(String request) {
        return new MailSiteStatus(
                observedGeneration,
                conditions,
                summary,
                source,
                serving,
                pendingChanges,
                pendingChangesTotal,
                ownership,
                observedUid,
                request);
    }
}
