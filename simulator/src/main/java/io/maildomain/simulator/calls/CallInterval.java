package io.maildomain.simulator.calls;

import java.time.Instant;
import java.util.SortedMap;

/**
 * The calls of some seconds.
 *
 * @param from the first of these seconds
 * @param calls all of them, refused ones included
 * @param refused those that were answered with 429
 * @param tokens by the token's name in the control plane
 * @param routes by {@code METHOD /route}
 */
public record CallInterval(
        Instant from, long calls, long refused, SortedMap<String, Tally> tokens, SortedMap<String, Tally> routes) {}
