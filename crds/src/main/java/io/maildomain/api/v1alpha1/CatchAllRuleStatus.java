package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * What the operator last saw and did.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CatchAllRuleStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("What is true of this resource, one entry for each type; Ready sums up.")
        List<Condition> conditions,

        @JsonPropertyDescription(
                "The operator's ownership record: what the catch-all was and what the operator wrote. Do not edit it.")
        CatchAllOwnership ownership,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The UID of the resource that this status speaks of: one that came from a backup speaks of another.")
        String observedUid,

        @Size(max = 64) @JsonPropertyDescription(Conditioned.LAST_HANDLED)
        String lastHandledReconcileAt)
        implements ObservedStatus {

    /** A status that does not say whose it is. */
    public CatchAllRuleStatus(Long observedGeneration, List<Condition> conditions, CatchAllOwnership ownership) {
        this(observedGeneration, conditions, ownership, null, null);
    }

    /** Replaces an absent list by an empty one, and cuts what is too long. */
    public CatchAllRuleStatus {
        conditions = Bounded.list(conditions, 16);
        observedUid = Bounded.text(observedUid, Bounded.WORD);
        lastHandledReconcileAt = Bounded.text(lastHandledReconcileAt, Bounded.WORD);
    }

    /** The ownership record, if anything was ever noted in it. */
    @JsonIgnore
    public Optional<CatchAllOwnership> ownershipRecord() {
        return Optional.ofNullable(ownership);
    }

    /** This status with that ownership record; null takes it out. */
    public CatchAllRuleStatus withOwnership(CatchAllOwnership other) {
        return new CatchAllRuleStatus(observedGeneration, conditions, other, observedUid, lastHandledReconcileAt);
    }

    /** This status, acknowledging that request to look; null: none. */
    public CatchAllRuleStatus withLastHandledReconcileAt(String request) {
        return new CatchAllRuleStatus(observedGeneration, conditions, ownership, observedUid, request);
    }
}
