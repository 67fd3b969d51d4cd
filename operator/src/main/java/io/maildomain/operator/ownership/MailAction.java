package io.maildomain.operator.ownership;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.cloudflare.RuleAction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a rule or a catch-all sends mail. */
public sealed interface MailAction {

    /** Mail goes on to a verified destination address. */
    record Forward(String to) implements MailAction {

        /** The destination in the one form in which addresses are compared: lower case, the domain as its A-label. */
        public String comparable() {
            return HostNames.asciiAddress(to).toLowerCase(Locale.ROOT);
        }

        @Override
        public String type() {
            return "forward";
        }

        @Override
        public String value() {
            return to;
        }

        @Override
        public String describe() {
            return to;
        }
    }

    /** Mail is handed to a Worker. */
    record Worker(String name) implements MailAction {
        @Override
        public String type() {
            return "worker";
        }

        @Override
        public String value() {
            return name;
        }

        @Override
        public String describe() {
            return "Worker " + name;
        }
    }

    /** Mail is dropped. */
    record Drop() implements MailAction {
        @Override
        public String type() {
            return "drop";
        }

        @Override
        public String value() {
            return "";
        }

        @Override
        public String describe() {
            return "drop";
        }
    }

    /** Cloudflare's word for the action. */
    String type();

    /** The destination address or the Worker's name; empty for drop. */
    String value();

    /** The action in a sentence, such as {@code create rule a@example.com -> team@corp.example}. */
    String describe();

    /** The action as Cloudflare's rule bodies have it. */
    default RuleAction toCloudflare() {
        return new RuleAction(type(), value().isEmpty() ? List.of() : List.of(value()));
    }

    /** Whether both send mail to the same place; addresses are compared without regard to case and
     * to the form of their domain. */
    default boolean sameAs(MailAction other) {
        return type().equals(other.type())
                && (this instanceof Forward
                        ? HostNames.sameAddress(value(), other.value())
                        : value().equals(other.value()));
    }

    /** The action that a spec asks for; admission has seen to it that exactly one is given. */
    static MailAction of(Action action) {
        if (action.forwardTo() != null) {
            return new Forward(action.forwardTo().toLowerCase(Locale.ROOT));
        }
        return action.worker() != null ? new Worker(action.worker()) : new Drop();
    }

    /** What a live rule does; empty where we have no words for it (several actions or values, a type we don't know). */
    static Optional<MailAction> of(List<RuleAction> actions) {
        if (actions.size() != 1) {
            return Optional.empty();
        }
        RuleAction only = actions.get(0);
        return of(only.type(), only.values());
    }

    /** What was noted earlier as type and value, for example in the ownership record. */
    static Optional<MailAction> of(String type, String value) {
        return of(type, value == null || value.isEmpty() ? List.of() : List.of(value));
    }

    private static Optional<MailAction> of(String type, List<String> values) {
        if ("drop".equals(type)) {
            return Optional.of(new Drop());
        }
        if (values.size() != 1) {
            return Optional.empty();
        }
        if ("forward".equals(type)) {
            return Optional.of(new Forward(values.get(0)));
        }
        return "worker".equals(type) ? Optional.of(new Worker(values.get(0))) : Optional.empty();
    }
}
