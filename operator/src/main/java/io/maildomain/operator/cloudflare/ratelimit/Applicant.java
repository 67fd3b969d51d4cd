package io.maildomain.operator.cloudflare.ratelimit;

/**
 * Who asks for a turn.
 *
 * @param uid of the resource; one resource waits in one place, however often it asks
 * @param namespace namespaces take turns within a class; "" for what belongs to none
 * @param calls how many its look is expected to take, 1 or more: a turn begins only once so many are there
 */
public record Applicant(String uid, String namespace, ServiceClass serviceClass, int calls) {

    /** A turn takes no more calls than this while others wait; a look that needs more goes on in its next turn. */
    public static final int MOST_CALLS = 50;

    public Applicant {
        calls = Math.max(1, Math.min(calls, MOST_CALLS));
    }
}
