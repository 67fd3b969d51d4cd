package io.maildomain.api.v1alpha1;

/** What happens to a Mailbox once it has expired; its rule goes in any case. */
public enum AfterExpiry {
    /** It stays, says Expired, and keeps its address: the mail goes to no other Mailbox until it is deleted. */
    Keep,
    /** The operator deletes it, where the installation gives it the right. */
    Delete
}
