package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * What happens to mail: exactly one of the three.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "(has(self.forwardTo) ? 1 : 0) + (has(self.worker) ? 1 : 0) + (has(self.drop) ? 1 : 0) == 1",
        message = "an action is exactly one of forwardTo: <address>, worker: <name> or drop: true")
public record Action(
        @Size(min = 6, max = 90)
        @ValidationRule(
                value = Cel.IS_ADDRESS,
                message = "forwardTo must be one lower-case mail address, such as team@corp.example")
        @ValidationRule(
                value = Cel.IS_NO_PATTERN,
                message = "forwardTo is one mailbox and no pattern: name it, such as team@corp.example")
        @JsonPropertyDescription(
                "Forward the mail to this address, which must be a verified destination address of the "
                        + "Cloudflare account: lower case, at most 90 characters.")
        String forwardTo,

        @Size(min = 1, max = 90)
        @ValidationRule(
                value = Cel.IS_WORKER,
                message =
                        "worker must be the name of a Worker script: lower-case letters, digits, - and _, such as mailbox-worker")
        @JsonPropertyDescription("Hand the mail to the Worker of this name in the same Cloudflare account.")
        String worker,

        @ValidationRule(
                value = "self",
                message = "drop can only be true; to keep the mail leave drop out and name forwardTo or worker")
        @JsonPropertyDescription("True: drop the mail silently. It has no other value.")
        Boolean drop) {

    /** Many rules have one target. */
    public Action {
        forwardTo = Bounded.shared(forwardTo);
        worker = Bounded.shared(worker);
    }

    /** Forwards to an address. */
    public static Action forwarding(String address) {
        return new Action(address, null, null);
    }

    /** Hands over to a Worker. */
    public static Action handingTo(String worker) {
        return new Action(null, worker, null);
    }

    /** Drops the mail. */
    public static Action dropping() {
        return new Action(null, null, true);
    }

    /** The destination address, if this action forwards. */
    @JsonIgnore
    public Optional<String> wantedForwardTo() {
        return Optional.ofNullable(forwardTo);
    }

    /** The Worker's name, if this action hands over to one. */
    @JsonIgnore
    public Optional<String> wantedWorker() {
        return Optional.ofNullable(worker);
    }

    /** Whether this action drops the mail. */
    @JsonIgnore
    public boolean drops() {
        return Boolean.TRUE.equals(drop);
    }
}
