package io.maildomain.operator.controller.destination.plan;

import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.operator.cloudflare.Destination;
import java.util.List;
import java.util.Optional;

/** What is said of a destination address. Pure. */
public final class DestinationMessages {

    /** The annotation that asks for another mail. */
    public static final String RESEND = "maildomain.io/resend-verification";

    static final String NOT_OURS_TO_RENEW =
            "; the operator did not create the address, so it does not delete it to have another link mailed: delete it under"
                    + " Destination addresses, and ask again by " + RESEND;

    private DestinationMessages() {}

    /** How one that is there stands. */
    public static String there(String email, Destination seen, String hint) {
        return seen.verified()
                ? email + " is verified"
                        + clicked(seen).map(at -> " since " + at).orElse("") + ": rules can forward to it"
                : email
                        + " has a mail of Cloudflare's with a link to click: once its owner has, rules can forward to it"
                        + hint;
    }

    private static Optional<String> clicked(Destination seen) {
        return seen.clickedAt().map(at -> at.toString().replaceFirst("[.][0-9]+Z$", "Z"));
    }

    /** It was there and is not any more. */
    public static String gone(String email) {
        return email
                + " was deleted at Cloudflare. Created anew, it would get another mail: to have that, set the annotation "
                + RESEND + " to a new value";
    }

    /** Rules of ours hold up its deletion. */
    public static String inUse(String email, List<String> users) {
        return email + " stays while mail is forwarded to it: " + String.join(", ", users)
                + "; have it taken out there, or set deletionPolicy: Retain, which leaves the address";
    }

    /** Cloudflare says that it is there and does not list it. */
    public static String hidden(String email) {
        return "Cloudflare says that the account has " + email + " and lists it nowhere; it is looked at again";
    }

    /**
     * The token lacks the optional right. The address of the page takes most of what a message has room for, so it stands before what can be
     * cut.
     *
     * @param token which it is, in words
     * @param right in the dashboard's words
     * @param page Cloudflare's page for a new token that has it
     */
    public static String rightMissing(String token, String right, String page) {
        return "add " + right + " to the token, or create one at " + page + " for " + token;
    }

    /** Another account than before is named. */
    public static String otherAccount(String email, String noted, String account) {
        return email + " is in account " + noted + ", and CloudflareAccount " + account
                + " now names another: give the id of that one again, or delete this resource, which leaves the address there, and create it anew";
    }

    /** How it stands that is there. */
    public static DestinationState stateOf(Destination seen) {
        return seen.verified() ? DestinationState.Verified : DestinationState.Unverified;
    }
}
