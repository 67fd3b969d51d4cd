package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/**
 * A binding for which there is no field of its own, in Cloudflare's words.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerBinding(
        @Required
        @Size(min = 1, max = 64)
        @ValidationRule(value = Cel.IS_BINDING, message = Cel.BINDING_MESSAGE)
        @JsonPropertyDescription("What the script calls it: env.QUEUE.")
        String name,

        @Required
        @Size(min = 1, max = 64)
        @ValidationRule(
                value = Cel.IS_BINDING_TYPE,
                message =
                        "type is Cloudflare's word for the kind of binding: lower-case letters, digits and _, such as queue")
        @ValidationRule(
                value = Cel.IS_NO_OTHER_BINDING,
                message =
                        "databases, buckets, variables and secrets have fields of their own; assets and bindings of an earlier version"
                                + " (inherit) are not deployed")
        @JsonPropertyDescription(
                "Cloudflare's word for it: queue, service, kv_namespace, durable_object_namespace, ai and so on.")
        String type,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "What else Cloudflare wants to know of it, such as queue_name. A value that begins with { or [ is sent as the "
                        + "JSON that it is, any other as text.")
        Map<String, String> properties) {

    /** Replaces what is absent by what is empty. */
    public WorkerBinding {
        properties = properties == null ? Map.of() : Map.copyOf(properties);
    }
}
