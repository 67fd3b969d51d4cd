package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A route of a zone that leads to a Worker.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerRoute(
        @Required
        @Size(min = 4, max = 320)
        @ValidationRule(value = Cel.IS_ROUTE, message = Cel.ROUTE_MESSAGE)
        @JsonPropertyDescription("Which requests go to the Worker, as Cloudflare writes it: example.com/api/*.")
        String pattern) {

    /** The host of the pattern, with its asterisk. */
    public String host() {
        int slash = pattern.indexOf('/');
        return slash < 0 ? pattern : pattern.substring(0, slash);
    }
}
