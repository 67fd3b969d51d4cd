package io.maildomain.operator.cloudflare;

import java.util.Optional;

/**
 * The destination addresses of one account, with one token. All of it needs a right that no token must have ({@link
 * Permission#EMAIL_ROUTING_ADDRESSES}): every method may throw a {@link CloudflareException} for want of it, and nothing else of the
 * operator depends on what it says.
 */
public interface Destinations {

    /** All of them, as a list without any filter gives them. */
    DestinationList list();

    /**
     * Those whose owner has not clicked the link yet. By its schema a list without a filter leaves these out; what was seen of it holds
     * them.
     */
    DestinationList unverified();

    /** The one of that id; empty where Cloudflare says that there is none. */
    Optional<Destination> withId(String id);

    /**
     * Creates it, and has Cloudflare mail a link to it. A lost answer can mean that the mail is on its way.
     *
     * @throws CloudflareException {@link CloudflareException#destinationExists} where there is one already
     */
    Destination create(String email);

    /**
     * Deletes it. Rules that forward to it are switched off by Cloudflare.
     *
     * @return whether it was there
     */
    boolean delete(String id);
}
