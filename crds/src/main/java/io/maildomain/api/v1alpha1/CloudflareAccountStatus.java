package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;

/**
 * What the operator knows of the tokens of an account. Never a token, nor a part of one.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CloudflareAccountStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("What is true of this resource, one entry for each type; Ready sums up.")
        List<Condition> conditions,

        @JsonPropertyDescription("Whether zones can be created: the account id is known.")
        Boolean domainBindingEnabled,

        @JsonPropertyDescription("The token that the operator itself uses: zones, Email Routing rules and settings.")
        SurfaceStatus runtime,

        @JsonPropertyDescription(
                "The token that MailWorkers and MailSites are deployed with; routing mail has no need of it.")
        SurfaceStatus deploy,

        @JsonPropertyDescription(
                "When Cloudflare was last compared with every healthy resource that uses this account: so old, at most, is what "
                        + "their statuses say. Written every hour, and when ChecksCurrent changes.")
        Instant lastChecked,

        @Size(max = Bounded.WORD)
        @JsonPropertyDescription("How often they are compared, as the request budget allows it, such as 10m0s. Written "
                + "together with lastChecked.")
        String checkInterval,

        @Size(max = 64) @JsonPropertyDescription(Conditioned.LAST_HANDLED)
        String lastHandledReconcileAt)
        implements Conditioned {

    /** Replaces an absent list by an empty one, and cuts what is too long. */
    public CloudflareAccountStatus {
        conditions = Bounded.list(conditions, 16);
        checkInterval = Bounded.text(checkInterval, Bounded.WORD);
        lastHandledReconcileAt = Bounded.text(lastHandledReconcileAt, Bounded.WORD);
    }

    /** A status of which no check is known, and that acknowledges no request to look. */
    public CloudflareAccountStatus(
            Long observedGeneration,
            List<Condition> conditions,
            Boolean domainBindingEnabled,
            SurfaceStatus runtime,
            SurfaceStatus deploy) {
        this(observedGeneration, conditions, domainBindingEnabled, runtime, deploy, null, null, null);
    }

    /** This status with other conditions. */
    public CloudflareAccountStatus withConditions(List<Condition> others) {
        return new CloudflareAccountStatus(
                observedGeneration,
                others,
                domainBindingEnabled,
                runtime,
                deploy,
                lastChecked,
                checkInterval,
                lastHandledReconcileAt);
    }

    /** This status, telling of these checks; null: none is known. */
    public CloudflareAccountStatus withChecks(Instant checked, String interval) {
        return new CloudflareAccountStatus(
                observedGeneration,
                conditions,
                domainBindingEnabled,
                runtime,
                deploy,
                checked,
                interval,
                lastHandledReconcileAt);
    }

    /** This status, acknowledging that request to look; null: none. */
    public CloudflareAccountStatus withLastHandledReconcileAt(String request) {
        return new CloudflareAccountStatus(
                observedGeneration,
                conditions,
                domainBindingEnabled,
                runtime,
                deploy,
                lastChecked,
                checkInterval,
                request);
    }
}
