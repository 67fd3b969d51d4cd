package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/**
 * Where a database stood before the migrations of a rollout, so that a person can go back there. The operator never does.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RestorePoint(
        @Required @Size(max = 64) @JsonPropertyDescription("The name of the D1 database.")
        String database,

        @Required
        @Size(max = 128)
        @JsonPropertyDescription("Cloudflare's bookmark of the moment before the first migration.")
        String bookmark,

        @JsonPropertyDescription(
                "When the bookmark was taken. Cloudflare keeps them for 30 days, on the free plan for 7.")
        Instant takenAt,

        @Size(max = 320)
        @JsonPropertyDescription(
                "The command that brings the database back there. All that was written since is lost, also what the Worker wrote.")
        String command) {

    /** A restore point with wrangler's documented command to go back to it. */
    public static RestorePoint of(String database, String bookmark, Instant takenAt) {
        return new RestorePoint(
                database, bookmark, takenAt, "wrangler d1 time-travel restore " + database + " --bookmark=" + bookmark);
    }
}
