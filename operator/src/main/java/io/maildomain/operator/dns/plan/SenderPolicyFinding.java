package io.maildomain.operator.dns.plan;

/** What a domain's SPF comes to. */
public sealed interface SenderPolicyFinding {

    /**
     * It can be evaluated.
     *
     * @param lookUps how many it takes, of {@link SenderPolicyReview#LOOK_UPS}
     * @param namesEmailRouting whether it includes Email Routing's own
     */
    record Valid(int lookUps, boolean namesEmailRouting) implements SenderPolicyFinding {}

    /** There is none. */
    record Absent() implements SenderPolicyFinding {}

    /** Who evaluates it ends with an error. @param name whose policy is to blame */
    record Broken(String name, Flaw flaw) implements SenderPolicyFinding {}

    /** It is not known. @param name whose policy could not be had */
    record Unclear(String name, Answer.Failure why) implements SenderPolicyFinding {}

    /** What is wrong with a policy. */
    enum Flaw {
        SEVERAL("has several SPF records, of which there may be one"),
        TOO_MANY_LOOK_UPS("has an SPF record that takes more than 10 look-ups"),
        INCLUDES_NONE("is included in the SPF record, and has none itself"),
        LOOP("includes itself by its SPF record"),
        TOO_LONG("has an SPF record that is too long");

        private final String words;

        Flaw(String words) {
            this.words = words;
        }

        /** What is said of the name, in a sentence. */
        public String words() {
            return words;
        }
    }

    /** This one, or, where it is not known, the one before. */
    default SenderPolicyFinding orElse(SenderPolicyFinding before) {
        return this instanceof Unclear ? before : this;
    }
}
