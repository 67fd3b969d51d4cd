package io.maildomain.simulator.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.Zone;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What would have to change for a Worker to get mail for exactly those addresses: wrangler asks before it deploys. */
final class RulePlan {

    private final String ownerTag;
    private final List<Zone> zones;
    private final Account account;
    private final Map<String, ArrayNode> changes = new TreeMap<>();
    private final Set<String> wantedRuleIds = new HashSet<>();

    RulePlan(String ownerTag, List<Zone> zones, Account account) {
        this.ownerTag = ownerTag;
        this.zones = zones;
        this.account = account;
    }

    /**
     * The zone that an address or a catch-all's target lies in, the closest of several.
     *
     * @throws Refusal 400/2062 where there is none
     */
    Zone zoneOf(String target) {
        String host = HostNames.ascii(target.substring(target.lastIndexOf('@') + 1));
        return zones.stream()
                .filter(zone -> zone.contains(host))
                .max(Comparator.comparingInt(zone -> zone.name().length()))
                .orElseThrow(() -> new Refusal(400, 2062, "Unknown Email Routing domain " + host));
    }

    void want(String address, RoutingRule wanted) {
        Zone zone = zoneOf(address);
        Optional<RoutingRule> there = zone.rules().stream()
                .filter(rule -> rule.address().filter(address::equalsIgnoreCase).isPresent())
                .findFirst();
        if (there.isEmpty()) {
            add(zone, "added", address);
            return;
        }
        wantedRuleIds.add(there.get().id());
        compare(zone, address, there.get(), wanted);
    }

    void wantCatchAll(String target, RoutingRule wanted) {
        Zone zone = zoneOf(target);
        RoutingRule there = zone.catchAll();
        wantedRuleIds.add(there.id());
        boolean untouched = !there.enabled()
                && there.actions().get(0).type().equals("drop")
                && there.source().equals("api");
        if (untouched) {
            add(zone, "added", target);
        } else {
            compare(zone, target, there, wanted);
        }
    }

    private void compare(Zone zone, String target, RoutingRule there, RoutingRule wanted) {
        if (!isOwn(there)) {
            add(zone, "conflict", target, there);
        } else if (!there.actions().equals(wanted.actions()) || there.enabled() != wanted.enabled()) {
            add(zone, "updated", target, there);
        }
    }

    private boolean isOwn(RoutingRule rule) {
        return rule.source().equals("wrangler") && ownerTag.equals(rule.ownerWorkerTag());
    }

    /** All changes by zone; rules of the Worker that were not asked for are to be deleted. */
    ArrayNode json() {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (Zone zone : zones) {
            zone.rules().stream()
                    .filter(rule -> isOwn(rule) && !wantedRuleIds.contains(rule.id()))
                    .forEach(rule -> add(zone, "deleted", rule.address().orElse(""), rule));
            RoutingRule catchAll = zone.catchAll();
            if (isOwn(catchAll) && !wantedRuleIds.contains(catchAll.id())) {
                add(zone, "deleted", "*@" + zone.name(), catchAll);
            }
            if (changes.containsKey(zone.id())) {
                result.addObject()
                        .put("zone_id", zone.id())
                        .put("zone_name", zone.name())
                        .set("changes", changes.get(zone.id()));
            }
        }
        return result;
    }

    private ObjectNode add(Zone zone, String type, String target) {
        return changes.computeIfAbsent(zone.id(), id -> JsonNodeFactory.instance.arrayNode())
                .addObject()
                .put("type", type)
                .put("target", target);
    }

    private void add(Zone zone, String type, String target, RoutingRule there) {
        ObjectNode remote = add(zone, type, target)
                .putObject("remote")
                .put("id", there.id())
                .put("enabled", there.enabled())
                .put("source", there.source());
        remote.set("matchers", RuleJson.matchers(there));
        remote.set("actions", RuleJson.actions(there));
        account.workers().stream()
                .filter(worker -> worker.tag().equals(there.ownerWorkerTag()))
                .map(Worker::name)
                .findFirst()
                .ifPresent(name -> remote.put("owner_worker_name", name));
    }
}
