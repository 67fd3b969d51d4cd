package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * The ownership record of a MailWorker: what the operator did at Cloudflare, and what it may delete.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerOwnership(
        @Size(max = 64)
        @JsonPropertyDescription(
                "The id of the Cloudflare account that the script is in. Once noted, only this account is used.")
        String accountId,

        @JsonPropertyDescription("How the operator came to the script.")
        TargetOwnership script,

        @JsonPropertyDescription("The version that was deployed last, was found good and should serve.")
        DeployedVersion deployed,

        @JsonPropertyDescription("The rollout that is under way, or the one that failed.")
        RolloutOwnership rollout,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 40)
        @JsonPropertyDescription("The custom domains that the operator attached.")
        List<@Size(max = 253) String> customDomains,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 40)
        @JsonPropertyDescription("The patterns of the routes that the operator created.")
        List<@Size(max = 320) String> routes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32)
        @JsonPropertyDescription("The schedules that the operator wrote last.")
        List<@Size(max = 100) String> schedules,

        @Size(max = Bounded.DIGEST)
        @JsonPropertyDescription("Which schedules, custom domains and routes were applied last, as one hash.")
        String triggers) {

    private static final WorkerOwnership NOTHING = new WorkerOwnership(null, null, null, null, null, null, null, null);

    /** Replaces absent lists by empty ones. */
    public WorkerOwnership {
        customDomains = customDomains == null ? List.of() : List.copyOf(customDomains);
        routes = routes == null ? List.of() : List.copyOf(routes);
        schedules = schedules == null ? List.of() : List.copyOf(schedules);
    }

    /** An empty ownership record. */
    public static WorkerOwnership nothing() {
        return NOTHING;
    }

    /** The account that the script is in, where it is known. */
    @JsonIgnore
    public Optional<String> notedAccountId() {
        return Optional.ofNullable(accountId);
    }

    /** What is noted of the script. */
    @JsonIgnore
    public Optional<TargetOwnership> notedScript() {
        return Optional.ofNullable(script);
    }

    /** The version that should serve. */
    @JsonIgnore
    public Optional<DeployedVersion> notedDeployed() {
        return Optional.ofNullable(deployed);
    }

    /** The rollout that is under way or failed. */
    @JsonIgnore
    public Optional<RolloutOwnership> notedRollout() {
        return Optional.ofNullable(rollout);
    }

    /** Which triggers were applied last. */
    @JsonIgnore
    public Optional<String> notedTriggers() {
        return Optional.ofNullable(triggers);
    }

    /** This record with another note of the script, in that account; null takes it out. */
    public WorkerOwnership withScript(String account, TargetOwnership other) {
        return new WorkerOwnership(account, other, deployed, rollout, customDomains, routes, schedules, triggers);
    }

    /** This record with another version that should serve. */
    public WorkerOwnership withDeployed(DeployedVersion other) {
        return new WorkerOwnership(accountId, script, other, rollout, customDomains, routes, schedules, triggers);
    }

    /** This record with another rollout; null takes it out. */
    public WorkerOwnership withRollout(RolloutOwnership other) {
        return new WorkerOwnership(accountId, script, deployed, other, customDomains, routes, schedules, triggers);
    }

    /** This record with other custom domains. */
    public WorkerOwnership withCustomDomains(List<String> others) {
        return new WorkerOwnership(accountId, script, deployed, rollout, others, routes, schedules, triggers);
    }

    /** This record with other routes. */
    public WorkerOwnership withRoutes(List<String> others) {
        return new WorkerOwnership(accountId, script, deployed, rollout, customDomains, others, schedules, triggers);
    }

    /** This record with other schedules. */
    public WorkerOwnership withSchedules(List<String> others) {
        return new WorkerOwnership(accountId, script, deployed, rollout, customDomains, routes, others, triggers);
    }

    /** This record with the hash of the triggers that were applied last. */
    public WorkerOwnership withTriggers(String hash) {
        return new WorkerOwnership(accountId, script, deployed, rollout, customDomains, routes, schedules, hash);
    }
}
