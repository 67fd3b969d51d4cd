package io.maildomain.simulator.api;

import java.util.Map;

/** The request budget of each user. */
public interface Throttle {

    /** Callers without a token that exists. */
    String NOBODY = "nobody";

    /**
     * Takes one request from a budget.
     *
     * @throws Refusal 429 when there is nothing left
     */
    void spend(String budget);

    /** The headers that tell what is left of a budget. */
    Map<String, String> headers(String budget);
}
