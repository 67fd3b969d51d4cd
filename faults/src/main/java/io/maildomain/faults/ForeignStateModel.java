package io.maildomain.faults;

import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Zone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps in mind what people have at Cloudflare, and says what of it the operator has changed. */
final class ForeignStateModel {

    private static final Pattern ADDRESS = Pattern.compile("address: ([^,}]+)");

    private final HistoryEnvironment town;
    private final Controls cloudflare;
    private final Map<String, String> zones = new HashMap<>();
    /** Rules of zones that were there before, by id, as people left them. */
    private final Map<String, RoutingRule> rules = new HashMap<>();

    /** Catch-alls that people had, by zone; what the operator puts back must be one of them. */
    private final Map<String, Set<String>> catchAlls = new HashMap<>();

    /** Addresses whose rules a user allowed the operator to take over, until it has to give them back. */
    private final Set<String> lent = new HashSet<>();

    ForeignStateModel(HistoryEnvironment town) {
        this.town = town;
        this.cloudflare = town.controls();
        for (String domain : List.of("settled.example", "cold.example", "bystander.example")) {
            Zone zone = cloudflare.zone(domain).orElseThrow();
            zones.put(domain, zone.id());
            remember(zone);
        }
    }

    /** What they have in the zones that were there before. */
    void look() {
        zones.keySet().forEach(domain -> cloudflare.zone(domain).ifPresent(this::remember));
    }

    private void remember(Zone zone) {
        if (!HistoryEnvironment.isOurs(zone.catchAll())) {
            catchAlls.computeIfAbsent(zone.name(), name -> new HashSet<>()).add(words(zone.catchAll()));
        }
        zone.rules().stream()
                .filter(rule -> !HistoryEnvironment.isOurs(rule))
                .forEach(rule -> rules.putIfAbsent(rule.id(), rule));
    }

    /** Rules of others for the addresses in this spec may be taken over from now on, if it says so. */
    void lend(String spec) {
        if (spec.contains("conflictPolicy: Adopt")) {
            ADDRESS.matcher(spec).results().forEach(address -> lent.add(address.group(1)));
        }
    }

    /** What must never happen, as far as it has. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        zones.forEach((domain, id) -> {
            if (cloudflare.zone(domain).filter(zone -> zone.id().equals(id)).isEmpty()) {
                complaints.add("zone " + domain + " of another user is gone");
            }
        });
        for (String domain : List.of("fresh.example", "settled.example", "cold.example")) {
            complaints.addAll(doubles(domain));
        }
        rules.values().forEach(rule -> changed(rule, false).ifPresent(complaints::add));
        town.addressesOfPeople().stream()
                .filter(email -> !town.addresses().containsKey(email))
                .forEach(email -> complaints.add("the destination address " + email + " of another user is gone"));
        return complaints;
    }

    /** What must be so once nothing of the operator's is left. */
    List<String> complaintsInTheEnd() {
        List<String> complaints = new ArrayList<>();
        rules.values().forEach(rule -> changed(rule, true).ifPresent(complaints::add));
        for (String domain : zones.keySet()) {
            String now = words(cloudflare.zone(domain).orElseThrow().catchAll());
            if (!catchAlls.get(domain).contains(now)) {
                complaints.add("the catch-all of " + domain + " is none that it ever was: " + now + ", but "
                        + catchAlls.get(domain));
            }
        }
        return complaints;
    }

    private static String words(RoutingRule catchAll) {
        return catchAll.name() + " " + catchAll.enabled() + " " + catchAll.actions();
    }

    private Optional<String> changed(RoutingRule rule, boolean inTheEnd) {
        if (town.wasDeletedByHand(rule.id())) {
            return Optional.empty();
        }
        boolean isLent = rule.address().filter(lent::contains).isPresent();
        if (isLent && !inTheEnd) {
            return Optional.empty();
        }
        Optional<RoutingRule> now = zones.keySet().stream()
                .flatMap(domain -> cloudflare.zone(domain).stream())
                .flatMap(zone -> zone.rule(rule.id()).stream())
                .findFirst();
        if (now.isEmpty()) {
            return Optional.of("a rule of another user is gone: " + rule);
        }
        return now.get().equals(rule)
                ? Optional.empty()
                : Optional.of("a rule of another user was " + rule + " and is " + now.get());
    }

    private List<String> doubles(String domain) {
        List<String> doubles = new ArrayList<>();
        long zonesOfName = Json.elements(cloudflare.state().path("zones"))
                .filter(zone -> zone.path("name").asText().equals(domain))
                .count();
        if (zonesOfName > 1) {
            doubles.add(zonesOfName + " zones are named " + domain);
        }
        Set<String> seen = new HashSet<>();
        cloudflare.zone(domain).stream()
                .flatMap(zone -> zone.rules().stream())
                .filter(HistoryEnvironment::isOurs)
                .flatMap(rule -> rule.address().stream())
                .filter(address -> !seen.add(address))
                .forEach(address -> doubles.add("two rules of ours are for " + address));
        return doubles;
    }
}
