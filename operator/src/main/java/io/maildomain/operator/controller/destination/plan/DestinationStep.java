package io.maildomain.operator.controller.destination.plan;

import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.operator.cloudflare.Destination;

/** What comes next for a destination address. */
public sealed interface DestinationStep {

    /** What the ownership record says before that is done. */
    DestinationOwnership note();

    /** Whether a person gets a mail by it. */
    default boolean sendsMail() {
        return this instanceof Create || this instanceof Renew;
    }

    /** It is there. @param hint what people should know besides; empty: nothing */
    record Hold(DestinationOwnership note, Destination seen, String hint) implements DestinationStep {}

    /** It is missing, and Cloudflare mails a link once it is created. */
    record Create(DestinationOwnership note) implements DestinationStep {}

    /** It was asked for another mail: the address, which the operator created, is deleted and then created anew. */
    record Renew(DestinationOwnership note, Destination seen) implements DestinationStep {}

    /** It was there and is not any more: created anew, it would have another mail sent that was not asked for. */
    record Leave(DestinationOwnership note) implements DestinationStep {}
}
