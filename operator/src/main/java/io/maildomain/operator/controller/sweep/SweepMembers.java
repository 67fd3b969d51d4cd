package io.maildomain.operator.controller.sweep;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.sweep.plan.CheckDecision;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is seen by the sweeps of one account, and who of them rests until one wakes it. Not thread-safe. */
final class SweepMembers {

    private final Map<String, Subject> byUid = new LinkedHashMap<>();
    /** By UID: who was told to rest until a sweep wakes it, and why. */
    private final Map<String, CheckDecision.Rests> resting = new HashMap<>();

    private int domains;

    /** @return whether it was none before */
    boolean join(Subject member) {
        boolean isNew = byUid.put(member.uid(), member) == null;
        domains += isNew && isDomain(member) ? 1 : 0;
        return isNew;
    }

    void leave(String uid) {
        resting.remove(uid);
        Subject gone = byUid.remove(uid);
        domains -= gone != null && isDomain(gone) ? 1 : 0;
    }

    /** What it was told. */
    void told(Subject member, CheckDecision decision) {
        if (decision instanceof CheckDecision.Rests rests) {
            resting.put(member.uid(), rests);
        } else {
            resting.remove(member.uid());
        }
    }

    /** These are woken: they do not rest any more. */
    List<Subject> woken(List<Subject> members) {
        members.forEach(member -> resting.remove(member.uid()));
        return members;
    }

    /** Whether any was told to rest until a sweep wakes it. */
    boolean isAnyResting() {
        return !resting.isEmpty();
    }

    /** Whether it was told that the next sweep decides: it is to hear of that, whatever it told. */
    boolean awaits(Subject member) {
        return resting.get(member.uid()) instanceof CheckDecision.Await;
    }

    /** Those who were told so, and are woken now that no sweep comes. */
    List<Subject> released() {
        return woken(byUid.values().stream()
                .filter(member -> resting.containsKey(member.uid()))
                .toList());
    }

    /** How many of them are MailDomains. */
    int domains() {
        return domains;
    }

    int size() {
        return byUid.size();
    }

    boolean isEmpty() {
        return byUid.isEmpty();
    }

    /** In the order in which they came. */
    Collection<Subject> all() {
        return byUid.values();
    }

    /** Those whose zones the sweep has looked for. */
    List<Subject> coveredBy(AccountView view) {
        return byUid.values().stream().filter(view::covers).toList();
    }

    /** Calls of a round that no list of the sweep stands in for. */
    int ownReads(AccountView view) {
        return byUid.values().stream()
                .mapToInt(member -> member.facets().stream()
                        .filter(facet -> !view.lists(facet))
                        .mapToInt(member::calls)
                        .sum())
                .sum();
    }

    private static boolean isDomain(Subject member) {
        return member.resource() instanceof MailDomain;
    }
}
