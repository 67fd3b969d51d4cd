package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * What a new version is asked before and after it serves, and what a good answer is.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Probe(
        @Required
        @Size(min = 12, max = 512)
        @ValidationRule(value = Cel.IS_PROBE, message = Cel.PROBE_MESSAGE)
        @JsonPropertyDescription(
                "What is asked, by GET and without credentials: https, and under one of the Worker's customDomains.")
        String url,

        @Default("200") @Min(200) @Max(599) @JsonPropertyDescription("The HTTP status of a good answer.")
        Integer status,

        @Size(min = 1, max = 256)
        @JsonPropertyDescription("A text that must be in the first 64 KiB of a good answer. Left out: none.")
        String contains,

        @Default("6")
        @Min(1)
        @Max(30)
        @JsonPropertyDescription(
                "How often it is asked at most until one answer is good, as a new version takes a moment to be seen "
                        + "everywhere.")
        Integer attempts) {

    /** Replaces what is absent by its default. */
    public Probe {
        status = status == null ? 200 : status;
        attempts = attempts == null ? 6 : attempts;
    }

    /** A text that must be in the answer. */
    @JsonIgnore
    public Optional<String> wantedText() {
        return Optional.ofNullable(contains);
    }
}
