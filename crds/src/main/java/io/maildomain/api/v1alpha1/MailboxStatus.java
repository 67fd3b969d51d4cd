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
public record MailboxStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("What is true of this resource, one entry for each type; Ready sums up.")
        List<Condition> conditions,

        @JsonPropertyDescription(
                "Active: mail goes where the spec says. Disabled: the rule is switched off, as the spec says. Pending: not written "
                        + "yet. Waiting: the MailDomain is not ready for rules. Expired: its time is over. NotAttached: there is no "
                        + "such MailDomain, or it does not let this Mailbox attach. AccessDenied, DestinationUnverified, "
                        + "WorkerMissing: what the action names is not granted, not verified or not there. Conflict: the address "
                        + "is taken. TooManyRules: there is no room. Failed: refused by Cloudflare.")
        MailboxState state,

        @JsonPropertyDescription("When the Mailbox expires; left out: never.")
        Instant expiresAt,

        @Size(max = Bounded.WORD) @JsonPropertyDescription("The same for kubectl get: a time in UTC, or never.")
        String expires,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The UID of the resource that this status speaks of: one that came from a backup speaks of another.")
        String observedUid,

        @Size(max = 64) @JsonPropertyDescription(Conditioned.LAST_HANDLED)
        String lastHandledReconcileAt)
        implements ObservedStatus {

    /** Replaces an absent list by an empty one, and cuts what is too long. */
    public MailboxStatus {
        conditions = Bounded.list(conditions, 16);
        expires = Bounded.text(expires, Bounded.WORD);
        observedUid = Bounded.text(observedUid, Bounded.WORD);
        lastHandledReconcileAt = Bounded.text(lastHandledReconcileAt, Bounded.WORD);
    }

    /** How the Mailbox stood, if anything was ever said of it. */
    @JsonIgnore
    public Optional<MailboxState> saidState() {
        return Optional.ofNullable(state);
    }

    /** This status with these conditions, of this generation. */
    public MailboxStatus withConditions(Long generation, List<Condition> others) {
        return new MailboxStatus(generation, others, state, expiresAt, expires, observedUid, lastHandledReconcileAt);
    }

    /** This status, acknowledging that request to look; null: none. */
    public MailboxStatus withLastHandledReconcileAt(String request) {
        return new MailboxStatus(observedGeneration, conditions, state, expiresAt, expires, observedUid, request);
    }
}
