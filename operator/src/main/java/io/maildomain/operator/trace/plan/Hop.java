package io.maildomain.operator.trace.plan;

/**
 * One thing on the way of a mail.
 *
 * @param sentence what was found there
 */
public record Hop(Stage stage, Verdict verdict, String sentence) {

    /** The things on the way, in the order in which mail meets them. */
    public enum Stage {
        PUBLIC_DNS("public DNS"),
        ZONE("zone"),
        ROUTING("Email Routing"),
        RULE("rule"),
        TARGET("target"),
        RESOURCE("resource");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** What it is called where people read it. */
        public String word() {
            return word;
        }
    }

    /** Whether mail gets past it. */
    public enum Verdict {
        OK,
        WRONG,
        /** What was asked does not tell. */
        UNKNOWN,
        /** Nothing that could tell is asked, since no right or setting is there for it. */
        OPEN
    }
}
