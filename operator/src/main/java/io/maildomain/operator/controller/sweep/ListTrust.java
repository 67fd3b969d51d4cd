package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.controller.sweep.plan.Facet;
import io.maildomain.operator.controller.sweep.plan.ListWorth;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which lists of an account are worth reading, by what came of them so far. Not thread-safe: its owner sees to that. */
final class ListTrust {

    /** For so many intervals a list that was refused, wrong, or did not pay, is not asked for again. */
    static final int INTERVALS_WITHOUT_LIST = 6;

    /** Calls of a look that follows since the lists told something else. */
    private static final int CALLS_OF_A_LOOK = 3;

    /** Sweeps in a row after which lists that make most members look for themselves are given up. */
    private static final int MOST_WRONG = 2;

    private final Map<Facet, Instant> withoutListUntil = new EnumMap<>(Facet.class);
    private int differing;
    private int wrong;

    /** A member looks for itself, since the last sweep saw something else of it than its status says. */
    void differs() {
        differing++;
    }

    /** Calls of the looks that followed from the last sweep. */
    int callsOfLooks() {
        return differing * CALLS_OF_A_LOOK;
    }

    /**
     * The facets whose lists to read.
     *
     * @param domains how many members are MailDomains
     */
    Set<Facet> worthReading(int domains, Instant now) {
        Set<Facet> facets = EnumSet.noneOf(Facet.class);
        if (ListWorth.ofSweeping(domains)) {
            facets.addAll(EnumSet.allOf(Facet.class));
            facets.removeIf(
                    facet -> withoutListUntil.getOrDefault(facet, Instant.MIN).isAfter(now));
        }
        return facets;
    }

    /**
     * A sweep is over. Lists that are answered, but wrong, would make each member look for itself after each sweep.
     *
     * @param useless facets whose lists may not be read, or cost more than they save
     * @param until when these are asked for again
     * @return whether what the sweep saw is to be gone by
     */
    boolean over(Set<Facet> useless, int members, Instant until) {
        boolean most = members > 1 && differing > members / 2;
        differing = 0;
        wrong = most ? wrong + 1 : 0;
        boolean trusted = wrong < MOST_WRONG;
        Set<Facet> givenUp = trusted ? useless : EnumSet.allOf(Facet.class);
        givenUp.forEach(facet -> withoutListUntil.put(facet, until));
        return trusted;
    }
}
