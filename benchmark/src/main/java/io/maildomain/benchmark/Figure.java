package io.maildomain.benchmark;

import static io.maildomain.benchmark.Bound.AT_LEAST;
import static io.maildomain.benchmark.Bound.AT_MOST;
import static java.lang.Double.NaN;

/**
 * What is measured, in the order of the table.
 *
 * <p>The numbers of each are its floor (what no operator could do without), its goal, and the hard limit that fails {@code
 * benchmark/run --quick}; NaN where there is none. A limit stands a little above what holds today. It is set
 * tighter as the operator gets better, and never looser. Times have none: they are of the machine.
 */
public enum Figure {
    NEW_ZONE("new zone, 5 rules, catch-all, until Ready", "calls", AT_MOST, 8, 12, 13),
    ADOPTED_ZONE("existing zone adopted, 5 rules, until Ready", "calls", AT_MOST, 7, 9, 12),
    ONE_RULE("one rule of 5 changed", "calls", AT_MOST, 1, 2, 3),
    SWEEP_CALLS("healthy domains of 5 rules checked, nothing to do", "calls a domain", AT_MOST, 0.16, 0.2, 0.25),
    SWEEP_WRITES("the same", "writes to Cloudflare", AT_MOST, 0, 0, 0),
    SWEEP_STATUS("the same", "writes to the API server", AT_MOST, 0, 0, 2),
    RESTART_CALLS("restart with healthy domains of 5 rules", "calls a domain", AT_MOST, 0.16, 0.25, 0.6),
    RESTART_WRITES("the same", "writes to Cloudflare", AT_MOST, 0, 0, 0),
    RESTART_STATUS("the same", "writes to the API server", AT_MOST, 0, 0, 2),
    BUDGET_CALLS("new domains of 5 rules under a budget", "calls a domain ÷ without limit", AT_MOST, 1, 1.05, 1.5),
    BUDGET_REFUSED("the same", "calls refused (429)", AT_MOST, 0, 0, 0),
    BUDGET_SHARE("the same", "share used of the budget less the reserve", AT_LEAST, 1, 0.95, NaN),
    FIVE_THOUSAND_CALLS(
            "5,000 domains for one budget (the fleet, and its share), restart",
            "calls a look",
            AT_MOST,
            0.16,
            0.2,
            0.4),
    FIVE_THOUSAND_REFUSED("the same", "calls refused (429)", AT_MOST, 0, 0, 0),
    FIVE_THOUSAND_STATUS("the same", "writes to the API server", AT_MOST, 0, 0, 2),
    FIVE_THOUSAND_TIME("the same", "windows until each was looked at", AT_MOST, 0.83, NaN, NaN),
    THIRD_CALLS(
            "restart, no lists, a budget for a third of the checks",
            "calls a look ÷ without limit",
            AT_MOST,
            1,
            1.2,
            2),
    THIRD_STEADY("the same", "looks per call, second half ÷ first half", AT_LEAST, 1, 0.9, NaN),
    THIRD_IN_TURN("the same", "domains looked at ÷ looks, until all are", AT_LEAST, 1, 0.95, 0.5),
    THIRD_REFUSED("the same", "calls refused (429)", AT_MOST, 0, 0, 0),
    OUTAGE_SAID("Cloudflare gone for an hour", "drift intervals until it is said", AT_MOST, NaN, 2, NaN),
    OUTAGE_LINES("the same", "warnings in the log", AT_MOST, 1, 1, 1),
    OUTAGE_METRIC("the same", "age in the metrics ÷ time gone", AT_LEAST, 1, 1, 0.9),
    OUTAGE_READY("the same", "domains no longer Ready", AT_MOST, 0, 0, 0),
    OUTAGE_STATUS("the same", "writes to the API server", AT_MOST, 0, NaN, 4),
    OUTAGE_CALLS("the same", "calls an interval", AT_MOST, 1, NaN, NaN),
    OUTAGE_AFTER("the same, once it is back, until each is looked at", "calls a domain", AT_MOST, 0.16, 0.25, 0.6),
    USED_UP_SAID("budget used up by others for an hour", "drift intervals until it is said", AT_MOST, NaN, 2, NaN),
    USED_UP_CALLS("the same", "calls an interval", AT_MOST, 1, NaN, NaN),
    UNVERIFIED("rules of one unverified destination", "writes a retry", AT_MOST, 1, 2, 2),
    RIVALS("rivals for one domain", "calls a rival", AT_MOST, 0, 0, 0.2),
    CROWDED_CALLS("an ordinary domain beside these two", "calls of all until Ready ÷ by itself", AT_MOST, 1, 3, 5),
    CROWDED_TIME("the same", "time to Ready ÷ by itself", AT_MOST, 1, 1.5, NaN),
    MAILBOXES_COME("50 Mailboxes of each of 20 domains come", "calls a rule", AT_MOST, 1, 1.1, 1.2),
    MAILBOXES_COME_WRITES("the same", "writes to Cloudflare a rule", AT_MOST, 1, 1, 1),
    MAILBOXES_COME_STATUS("the same", "writes to the API server a Mailbox", AT_MOST, 1, 2, 2),
    MAILBOX_CHANGES("one of 50 Mailboxes of a domain changes", "calls", AT_MOST, 1, 3, 3),
    MAILBOX_CHANGES_WRITES("the same", "writes to Cloudflare", AT_MOST, 1, 1, 1),
    MAILBOX_CHANGES_LOOKS("the same", "calls for anything but rules", AT_MOST, 0, 0, 0),
    MAILBOX_CHANGES_STATUS("the same", "writes to the API server", AT_MOST, 1, 2, 2),
    MAILBOXES_GO("25 Mailboxes of each of these domains go", "calls a rule", AT_MOST, 1, 1.2, 1.3),
    MAILBOXES_GO_WRITES("the same", "writes to Cloudflare a rule", AT_MOST, 1, 1, 1),
    MAILBOXES_GO_STATUS("the same", "writes to the API server", AT_MOST, 0, 0, 0),
    MAILBOXES_TIME("the 25 others of each are told when to expire", "calls", AT_MOST, 0, 0, 0),
    MAILBOXES_TIME_STATUS("the same", "writes to the API server a Mailbox", AT_MOST, 1, 1.2, 1.5),
    MAILBOXES_EXPIRE("these all expire at once", "calls a rule", AT_MOST, 1, 1.1, 1.1),
    MAILBOXES_EXPIRE_WRITES("the same", "writes to Cloudflare a rule", AT_MOST, 1, 1, 1),
    MAILBOXES_EXPIRE_STATUS("the same", "writes to the API server a Mailbox", AT_MOST, 1, 1, 1),
    MAILBOXES_EXPIRE_TIME("the same", "s until the last rule is gone", AT_MOST, NaN, 5, NaN),
    BURNED("another client burns the budget", "refused calls a window", AT_MOST, 0, 3, 3),
    MANY_APPLY("200 existing zones of 5 rules, 50 ms latency, no limit", "s until all are Ready", AT_MOST, 0.5, 6, NaN),
    MANY_CHECK("the same, nothing to do, after a restart", "s until all are looked at", AT_MOST, NaN, 1.5, NaN),
    EDIT_TIME(
            "edit while a sweep over the fleet runs, 50 ms latency",
            "s to the first write, p99",
            AT_MOST,
            0.05,
            1,
            NaN),
    START_TIME("start of the process", "s to /readyz", AT_MOST, NaN, 1, NaN),
    MEMORY_IDLE("memory (RSS), without a domain", "MiB", AT_MOST, NaN, 100, NaN),
    MEMORY_FLEET("memory (RSS), with the fleet", "MiB", AT_MOST, NaN, 150, NaN),
    MEMORY_LARGE("memory (RSS), with five times the fleet, after a restart", "MiB", AT_MOST, NaN, 256, NaN),
    MEMORY_LARGE_ADOPTED("the same, once all are adopted", "MiB", AT_MOST, NaN, 256, NaN);

    private static final String SAME = "the same";

    private final String scenario;
    private final String unit;
    private final Bound bound;
    private final double floor;
    private final double goal;
    private final double limit;

    Figure(String scenario, String unit, Bound bound, double floor, double goal, double limit) {
        this.scenario = scenario;
        this.unit = unit;
        this.bound = bound;
        this.floor = floor;
        this.goal = goal;
        this.limit = limit;
    }

    public String scenario() {
        return scenario;
    }

    /** What was done, where {@link #scenario} says only that it is the same as the row above. */
    public String fullScenario() {
        return scenario.startsWith(SAME)
                ? values()[ordinal() - 1].fullScenario() + scenario.substring(SAME.length())
                : scenario;
    }

    public String unit() {
        return unit;
    }

    public double floor() {
        return floor;
    }

    public double goal() {
        return goal;
    }

    public double limit() {
        return limit;
    }

    /** Whether a measured value is within the hard limit; always, where there is none. */
    public boolean allows(double measured) {
        return Double.isNaN(limit) || bound.holds(measured, limit);
    }

    /** Whether a measured value reaches the goal. */
    public boolean isReachedBy(double measured) {
        return Double.isNaN(goal) || bound.holds(measured, goal);
    }

    /** The goal as people write it, such as {@code ≤ 12}. */
    public String shownGoal() {
        return Double.isNaN(goal) ? "–" : bound.sign() + " " + Numbers.shown(goal);
    }

    /** The limit as people write it. */
    public String shownLimit() {
        return Double.isNaN(limit) ? "–" : bound.sign() + " " + Numbers.shown(limit);
    }
}
