package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the operator last saw and did.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DestinationAddressStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("What is true of this resource, one entry for each type; Ready sums up.")
        List<Condition> conditions,

        @JsonPropertyDescription(
                "Verified: rules can forward to the address. Unverified: its owner has not clicked the link yet. Pending: it does not "
                        + "stand in the account yet. Gone: it was deleted there, and is created anew only on request. Unknown: the "
                        + "operator cannot see the account's addresses. AccessDenied: the account does not let this namespace forward "
                        + "to it. Failed: refused by Cloudflare.")
        DestinationState state,

        @JsonPropertyDescription("When its owner clicked the link; left out: not yet, or not seen.")
        Instant verified,

        @JsonPropertyDescription("The operator's ownership record: how the address came to be. Do not edit it.")
        DestinationOwnership ownership,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The UID of the resource that this status speaks of: one that came from a backup speaks of another.")
        String observedUid,

        @Size(max = 64) @JsonPropertyDescription(Conditioned.LAST_HANDLED)
        String lastHandledReconcileAt)
        implements ObservedStatus {

    /** Replaces an absent list by an empty one, and cuts what is too long. */
    public DestinationAddressStatus {
        conditions = Bounded.list(conditions, 16);
        observedUid = Bounded.text(observedUid, Bounded.WORD);
        lastHandledReconcileAt = Bounded.text(lastHandledReconcileAt, Bounded.WORD);
    }

    /** A status that says nothing yet but what is noted. */
    public static DestinationAddressStatus ofOwnership(DestinationOwnership ownership) {
        return new DestinationAddressStatus(null, null, null, null, ownership, null, null);
    }

    /** The ownership record, if anything was ever noted in it. */
    @JsonIgnore
    public Optional<DestinationOwnership> ownershipRecord() {
        return Optional.ofNullable(ownership);
    }

    /** How the address stood, if anything was ever said of it. */
    @JsonIgnore
    public Optional<DestinationState> saidState() {
        return Optional.ofNullable(state);
    }

    /** When the link was clicked, if that was seen. */
    @JsonIgnore
    public Optional<Instant> saidVerified() {
        return Optional.ofNullable(verified);
    }

    /** This status with these conditions, of this generation. */
    public DestinationAddressStatus withConditions(Long generation, List<Condition> others) {
        return new DestinationAddressStatus(
                generation, others, state, verified, ownership, observedUid, lastHandledReconcileAt);
    }

    /** This status with that ownership record; null takes it out. */
    public DestinationAddressStatus withOwnership(DestinationOwnership other) {
        return new DestinationAddressStatus(
                observedGeneration, conditions, state, verified, other, observedUid, lastHandledReconcileAt);
    }

    /** This status, acknowledging that request to look; null: none. */
    public DestinationAddressStatus withLastHandledReconcileAt(String request) {
        return new DestinationAddressStatus(
                observedGeneration, conditions, state, verified, ownership, observedUid, request);
    }
}
