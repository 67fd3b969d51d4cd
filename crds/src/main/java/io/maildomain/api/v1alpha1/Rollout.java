package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * How a new version comes to serve.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.probe) == (self.strategy == 'Probed')",
        message = "strategy: Probed needs a probe, and a probe needs strategy: Probed; Immediate has none")
public record Rollout(
        @Default("Immediate")
        @JsonPropertyDescription(
                "Immediate: the new version serves all requests at once. Probed: it serves none at first, is asked under its "
                        + "custom domain, serves all requests if it answers well, and is asked again; if it does not, the version "
                        + "before serves again, unless a migration was applied.")
        RolloutStrategy strategy,

        @JsonPropertyDescription("What the new version is asked, and what a good answer is.")
        Probe probe) {

    /** All requests at once. */
    public static final Rollout IMMEDIATE = new Rollout(null, null);

    /** Replaces what is absent by its default. */
    public Rollout {
        strategy = strategy == null ? RolloutStrategy.Immediate : strategy;
    }

    /** The probe, if there is one. */
    @JsonIgnore
    public Optional<Probe> wantedProbe() {
        return Optional.ofNullable(probe);
    }
}
