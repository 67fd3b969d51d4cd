package io.maildomain.operator.outcome;

/** How soon a resource is worth another look. */
public enum Pace {
    /** All is as it should be: the next look is the drift check. */
    SETTLED,
    /** Another reconcile works on the same zone: again in a second. */
    BUSY,
    /** Somebody or something else has to act first; no error. Quickly at first, then ever slower. */
    WAITING,
    /** A failure that time heals: with back-off and jitter. */
    TRANSIENT,
    /** A failure that only a change heals; tried slowly, for a right granted at Cloudflare changes nothing here. */
    FINAL;

    /** The pace that serves both: whichever looks again sooner. */
    public Pace sooner(Pace other) {
        if (this == SETTLED) {
            return other;
        }
        if (other == SETTLED) {
            return this;
        }
        return ordinal() <= other.ordinal() ? this : other;
    }
}
