package io.maildomain.operator.controller.offline.plan;

import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a plan means for mail. Pure.
 *
 * @param stop addresses that are read today and not afterwards
 * @param moved addresses that have another reader afterwards
 * @param start addresses that are read from then on
 * @param others what becomes of mail that no rule names; "" where that stays as it is
 * @param taken hosts whose mail leaves another provider
 * @param tagsLost whether mail to {@code user+detail@} stops following the rule of {@code user@}
 * @param othersLost whether mail that no rule names is read today and not afterwards
 */
public record MailImpact(
        List<Address> stop,
        List<Address> moved,
        List<Address> start,
        String others,
        List<String> taken,
        boolean tagsLost,
        boolean othersLost) {

    /**
     * What becomes of an address.
     *
     * @param before the end of a sentence about its mail today, such as {@code goes to team@corp.example}
     * @param after the same once the plan is carried out
     */
    public record Address(String address, String before, String after) {}

    public MailImpact {
        stop = List.copyOf(stop);
        moved = List.copyOf(moved);
        start = List.copyOf(start);
        taken = List.copyOf(taken);
    }

    /** The difference between what stands and what would. */
    static MailImpact of(ObservedState before, ObservedState after) {
        List<Address> stop = new ArrayList<>();
        List<Address> moved = new ArrayList<>();
        List<Address> start = new ArrayList<>();
        for (String address : addresses(before, after)) {
            Delivery was = Delivery.of(address, before);
            Delivery is = Delivery.of(address, after);
            Address told = new Address(address, was.describe(), is.describe());
            if (was.isRead() && !is.isRead()) {
                stop.add(told);
            } else if (was.isRead() && !was.equals(is)) {
                moved.add(told);
            } else if (is.isRead() && !was.isRead()) {
                start.add(told);
            }
        }
        Delivery was = Delivery.ofOthers(before);
        Delivery is = Delivery.ofOthers(after);
        List<String> taken = before.hosts().stream()
                .filter(MailImpact::isElsewhere)
                .map(HostDns::name)
                .filter(host -> !Delivery.routes(host, before) && Delivery.routes(host, after))
                .toList();
        boolean tagsLost = before.routing().subaddressing() && !after.routing().subaddressing();
        boolean othersLost = was.isRead() && !is.isRead();
        return new MailImpact(stop, moved, start, was.equals(is) ? "" : is.describe(), taken, tagsLost, othersLost);
    }

    private static boolean isElsewhere(HostDns host) {
        return host.otherMx() == HostDns.Known.YES;
    }

    private static Set<String> addresses(ObservedState before, ObservedState after) {
        return Stream.concat(before.rules().stream(), after.rules().stream())
                .flatMap(rule -> rule.matchers().stream())
                .filter(matcher -> matcher.type().equals("literal"))
                .map(Matcher::value)
                .map(address -> address.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** No mail changes its way. */
    public static MailImpact none() {
        return new MailImpact(List.of(), List.of(), List.of(), "", List.of(), false, false);
    }

    /** That of several domains: all addresses, and of the rest only how many domains it is about. */
    public static MailImpact together(List<DomainPlan> plans) {
        List<MailImpact> all = plans.stream().map(DomainPlan::mail).toList();
        if (all.size() == 1) {
            return all.get(0);
        }
        long others = all.stream().filter(each -> !each.others().isEmpty()).count();
        return new MailImpact(
                all.stream().flatMap(each -> each.stop().stream()).toList(),
                all.stream().flatMap(each -> each.moved().stream()).toList(),
                all.stream().flatMap(each -> each.start().stream()).toList(),
                others == 0 ? "" : "changes its way in " + (others == 1 ? "1 domain" : others + " domains"),
                all.stream().flatMap(each -> each.taken().stream()).toList(),
                all.stream().anyMatch(MailImpact::tagsLost),
                all.stream().anyMatch(MailImpact::othersLost));
    }

    /** Whether mail that is read today is not read afterwards. */
    public boolean losesMail() {
        return !stop.isEmpty() || !taken.isEmpty() || tagsLost || othersLost;
    }

    /** All of it in a sentence, such as "3 addresses stop receiving, 1 changes its reader, the catch-all: mail is dropped". */
    public String sentence() {
        List<String> parts = new ArrayList<>();
        count(stop.size(), "stops receiving", "stop receiving").forEach(parts::add);
        count(moved.size(), "changes its reader", "change their reader").forEach(parts::add);
        count(start.size(), "starts receiving", "start receiving").forEach(parts::add);
        taken.forEach(host -> parts.add("mail of " + host + " leaves its present provider"));
        if (!others.isEmpty()) {
            parts.add("mail that no rule names " + others);
        }
        if (tagsLost) {
            parts.add("user+detail@ no longer reaches user@");
        }
        return parts.isEmpty() ? "no mail changes its way" : String.join(", ", parts);
    }

    private static Stream<String> count(int count, String one, String many) {
        return count == 0 ? Stream.empty() : Stream.of(count == 1 ? "1 address " + one : count + " addresses " + many);
    }
}
