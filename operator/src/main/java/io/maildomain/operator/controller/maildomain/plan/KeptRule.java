package io.maildomain.operator.controller.maildomain.plan;

/** A rule of a Mailbox that nothing asks for any more, and that stays all the same. @param change what is not done */
public record KeptRule(Change change, Why why) {

    /** Why it stays. */
    public enum Why {
        /** Whether its Mailbox is there is not known to this installation. */
        UNSEEN,
        /** Too many went at once for it to be meant. */
        HELD
    }

    /** What would be done, and why it is not. */
    public String describe() {
        return change.describe()
                + switch (why) {
                    case UNSEEN -> " (stays, for no Mailboxes of that namespace are seen here)";
                    case HELD -> " (held, for many Mailboxes went at once)";
                };
    }
}
