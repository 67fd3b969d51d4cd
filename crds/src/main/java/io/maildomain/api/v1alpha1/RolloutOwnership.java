package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * The rollout that is under way, or the one that failed.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RolloutOwnership(
        @Required
        @Size(max = Bounded.DIGEST)
        @JsonPropertyDescription(
                "What the new version consists of, as one hash over files, bindings and settings; it is the version's tag at "
                        + "Cloudflare, so that none is uploaded twice.")
        String fingerprint,

        @Size(max = 64) @JsonPropertyDescription("The request of a user to try again that led to it; absent: none did.")
        String retry,

        @Required
        @JsonPropertyDescription(
                "UnderWay; GoingBack: the version before is about to serve again. WentBack: it does. StayedAtZero: the probe failed "
                        + "after migrations, and the new version serves nothing. Stayed: it failed after migrations, and the new "
                        + "version serves.")
        RolloutStage stage,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The id of the version that served before, which can be gone back to; absent: there is none.")
        String previous,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The id of the version that was uploaded for it, which Cloudflare's lists may show only some seconds later; absent: "
                        + "none was yet.")
        String version,

        @Required
        @JsonPropertyDescription(
                "When the probe is asked. Never; AtZero: before the new version serves, and again once it does. Afterwards: last of "
                        + "all, as nothing leads to the Worker before.")
        ProbeMoment asked,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 10)
        @JsonPropertyDescription(
                "Where each database stood before this rollout, with the command that brings it back there.")
        List<RestorePoint> restorePoints,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 200)
        @JsonPropertyDescription(
                "The migrations that this rollout applies, or has applied: which they are stands in the database. Once one is "
                        + "applied, the version before is not gone back to.")
        List<RolloutMigration> migrations) {

    /** Replaces absent lists by empty ones. */
    public RolloutOwnership {
        restorePoints = restorePoints == null ? List.of() : List.copyOf(restorePoints);
        migrations = migrations == null ? List.of() : List.copyOf(migrations);
    }

    /** The request of a user that led to it. */
    @JsonIgnore
    public Optional<String> notedRetry() {
        return Optional.ofNullable(retry);
    }

    /** The version that can be gone back to. */
    @JsonIgnore
    public Optional<String> notedPrevious() {
        return Optional.ofNullable(previous);
    }

    /** The version that was uploaded for it. */
    @JsonIgnore
    public Optional<String> notedVersion() {
        return Optional.ofNullable(version);
    }

    /** The same, so far. */
    public RolloutOwnership at(RolloutStage reached) {
        return new RolloutOwnership(fingerprint, retry, reached, previous, version, asked, restorePoints, migrations);
    }

    /** The same with other restore points. */
    public RolloutOwnership withRestorePoints(List<RestorePoint> others) {
        return new RolloutOwnership(fingerprint, retry, stage, previous, version, asked, others, migrations);
    }
}
