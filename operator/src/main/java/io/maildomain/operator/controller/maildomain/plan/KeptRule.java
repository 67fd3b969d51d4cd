package io.maildomain.operator.controller.maildomain.plan;

/** A rule of a Mailbox that nothing asks for any more, and that stays all the same. @param change what is not done */
public record KeptRule(Change change, Why why) {

    /** Why it stays. */
    public enum Why {
        /** Whether its Mailbox is there is not known to this installation. */
        UNSEEN,
        /** Its Mailbox is there, and names a MailDomain that is gone, or does not hold the domain: it may be the same under another name. */
        OF_ANOTHER_NAME,
        /** Its namespace has just lost the label that let it in. */
        LABEL_LOST,
        /** Too many went at once for it to be meant. */
        HELD
    }

    /** What would be done, and why it is not. */
    public String describe() {
        return change.describe()
                + switch (why) {
                    case UNSEEN -> " (stays, for no Mailboxes of that namespace are seen here)";
                    case OF_ANOTHER_NAME ->
                        " (stays, for its Mailbox is there and names another MailDomain: create it anew for this one)";
                    case LABEL_LOST -> " (stays for some minutes, for its namespace has lost the label that let it in)";
                    case HELD -> " (held, for many Mailboxes went at once)";
                };
    }
}
