package io.maildomain.operator.status;

import io.maildomain.api.v1alpha1.Reason;

/**
 * What one reconcile found for one condition.
 *
 * @param type which condition
 * @param status True, False or Unknown
 * @param reason CamelCase, stable: people and alerts match on it
 * @param message a sentence that says what to do next; cut to 512 characters
 */
public record Check(ConditionType type, Status status, Reason reason, String message) {

    /** Messages hold at most so many characters, as the CRDs' schema says ({@code docs/guides/observing.md#conditions}). */
    static final int MESSAGE_LIMIT = 512;

    /** A condition's status as Kubernetes spells it. */
    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        /** The status as it stands in {@code status.conditions[].status}. */
        public String value() {
            return words;
        }
    }

    public Check {
        message = message.length() <= MESSAGE_LIMIT ? message : shortened(message);
    }

    /** Half of a character would be no text. */
    private static String shortened(String message) {
        int end = MESSAGE_LIMIT - 1;
        return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** The condition holds. */
    public static Check yes(ConditionType type, Reason reason, String message) {
        return new Check(type, Status.TRUE, reason, message);
    }

    /** The condition does not hold. */
    public static Check no(ConditionType type, Reason reason, String message) {
        return new Check(type, Status.FALSE, reason, message);
    }

    /** Nothing is known of the condition, for example because an earlier step has not come through. */
    public static Check unknown(ConditionType type, Reason reason, String message) {
        return new Check(type, Status.UNKNOWN, reason, message);
    }

    /** The same finding said of another condition: how Ready repeats what stands in its way. */
    public Check as(ConditionType other) {
        return new Check(other, status, reason, message);
    }

    /** The same words said of a condition that is present only when True, such as Stalled. */
    public Check holding(ConditionType other) {
        return new Check(other, Status.TRUE, reason, message);
    }

    /** Whether the condition holds. */
    public boolean holds() {
        return status == Status.TRUE;
    }
}
