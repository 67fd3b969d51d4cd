package io.maildomain.benchmark;

/**
 * How large everything is.
 *
 * @param quick whether only counts are measured, in a few minutes
 * @param domains healthy ones in the fleet
 * @param newDomains that are applied at once under a budget
 * @param crowd unverified rules, or rivals for one domain, that one tenant makes
 * @param requests of the budget, in a window
 * @param speedup by how much that window, and all of the operator's waiting with it, is shortened
 * @param windows that a story about the budget lasts
 */
public record Scale(boolean quick, int domains, int newDomains, int crowd, int requests, int speedup, int windows) {

    /** Small enough for every change: a budget's five minutes in ten seconds. */
    public static Scale ofQuick() {
        return new Scale(true, 50, 12, 20, 100, 30, 3);
    }

    /** As large as the table says, unless fewer domains are asked for: a budget's five minutes in half a minute. */
    public static Scale ofFull(int domains) {
        return new Scale(false, domains, domains, Math.min(200, domains), 1200, 10, 8);
    }

    /** Cloudflare's window and budget, in the time that there is. */
    public Setting budget() {
        return Setting.limited(requests, speedup);
    }

    /** A budget that allows a third of the fleet's checks: two calls for each domain, every two windows, where no list tells of it. */
    public Setting budgetForAThird() {
        return Setting.limited((int) Math.ceil(domains / 3.0 / Setting.USABLE), speedup);
    }

    /** Domains to which teams attach Mailboxes, {@link MailboxFleet#OF_EACH} each. */
    public int domainsWithMailboxes() {
        return quick ? 4 : Math.min(20, domains);
    }

    /** How much faster than life an outage goes by: an hour in half a minute, or in three. */
    public int speedupOfOutage() {
        return (quick ? 5 : 2) * speedup;
    }

    /** As much of Cloudflare's budget as falls to the fleet where five thousand domains share it. */
    public Setting budgetOfFiveThousand() {
        return Setting.limited((int) Math.ceil(domains * 1200 / 5000.0), speedup);
    }
}
