package io.maildomain.operator.controller;

import io.maildomain.operator.cloudflare.Admission;

/**
 * A reconcile ends since it is not its resource's turn with a token. It says nothing about the resource, the zone or the token:
 * no finding may be made of it, so it is no {@link io.maildomain.operator.cloudflare.CloudflareException}.
 */
public final class NotAdmitted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Admission.Waiting waiting;

    NotAdmitted(Admission.Waiting waiting) {
        super("waits for its turn: " + waiting.cause(), null, false, false);
        this.waiting = waiting;
    }

    /** How long it waits. */
    public Admission.Waiting waiting() {
        return waiting;
    }
}
