package io.maildomain.operator.dns.plan;

/** What is known of what the world sees of a domain. */
public sealed interface Sight {

    /** It is switched off. */
    record Off() implements Sight {}

    /** The first look is under way. */
    record NotYet() implements Sight {}

    /** As it was seen last. */
    record Seen(WorldView view) implements Sight {}
}
