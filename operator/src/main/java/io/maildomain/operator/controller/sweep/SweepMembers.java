package io.maildomain.operator.controller.sweep;

import io.maildomain.api.v1alpha1.MailDomain;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is seen by the sweeps of one account, and who of them was told to wait for the next one. Not thread-safe. */
final class SweepMembers {

    private final Map<String, Subject> byUid = new LinkedHashMap<>();
    /** By UID. */
    private final Set<String> putOff = new HashSet<>();

    private int domains;

    /** @return whether it was none before */
    boolean join(Subject member) {
        boolean isNew = byUid.put(member.uid(), member) == null;
        domains += isNew && isDomain(member) ? 1 : 0;
        return isNew;
    }

    void leave(String uid) {
        putOff.remove(uid);
        Subject gone = byUid.remove(uid);
        domains -= gone != null && isDomain(gone) ? 1 : 0;
    }

    /** What it was told: to wait for the next sweep, or not. */
    void told(Subject member, boolean waits) {
        if (waits) {
            putOff.add(member.uid());
        } else {
            putOff.remove(member.uid());
        }
    }

    /** Whether any was told to wait for a sweep. */
    boolean isAnyPutOff() {
        return !putOff.isEmpty();
    }

    /** Those who were told to wait for a sweep; they do not wait any more. */
    List<Subject> released() {
        List<Subject> released = byUid.values().stream()
                .filter(member -> putOff.contains(member.uid()))
                .toList();
        putOff.clear();
        return released;
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
        return byUid.values().stream()
                .filter(member -> view.covered().contains(member.place().zoneId()))
                .toList();
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
