package io.maildomain.simulator.rules;

import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Query;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Zone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The operations under {@code /zones/{zone_id}/email/routing/rules}, without the catch-all's own. */
public final class RuleOperations {

    /** Cloudflare's limit of rules in a zone; the catch-all does not count. */
    static final int MOST_RULES = 200;

    private static final String RULES = "/zones/{zone_id}/email/routing/rules";
    private static final String RULE = RULES + "/{rule_identifier}";

    private RuleOperations() {}

    public static List<Route> routes() {
        Guard read = Guard.emailRouting(Right.read(Product.EMAIL_ROUTING_RULES));
        Guard edit = Guard.emailRouting(Right.edit(Product.EMAIL_ROUTING_RULES));
        return new Route.Collector()
                .get(RULES, read, RuleOperations::list)
                .post(RULES, edit, RuleOperations::create)
                .get(RULE, read, call -> Envelope.success(RuleJson.rule(rule(call))))
                .put(RULE, edit, RuleOperations::update)
                .delete(RULE, edit, RuleOperations::delete)
                .routes();
    }

    private static Answer list(Call call) {
        Zone zone = call.zone();
        List<RoutingRule> rules = new ArrayList<>(zone.rules());
        if (CatchAllOperations.exists(call, zone)) {
            rules.add(zone.catchAll());
        }
        if (call.query().first("direction").filter("desc"::equals).isPresent()) {
            Collections.reverse(rules);
        }
        return Paging.of(call.query()).answer(enabledAsAsked(rules, call.query()), RuleJson::rule);
    }

    /** Those that the parameter {@code enabled} asks for. */
    static List<RoutingRule> enabledAsAsked(List<RoutingRule> rules, Query query) {
        return query.first("enabled")
                .map(wanted -> rules.stream()
                        .filter(rule -> String.valueOf(rule.enabled()).equals(wanted))
                        .toList())
                .orElse(rules);
    }

    private static Answer create(Call call) {
        Zone zone = writableZone(call);
        RoutingRule rule = RuleInput.rule(call.object(), null, call.now());
        checkMatchers(zone, rule);
        if (zone.rules().size() >= MOST_RULES) {
            throw Refusals.invalidInput("a zone has at most " + MOST_RULES + " rules");
        }
        RoutingRule accepted = Targets.checked(call, zone, rule);
        call.world().put(zone.withRules(Lists.with(zone.rules(), accepted)));
        return Envelope.success(RuleJson.rule(accepted));
    }

    private static Answer update(Call call) {
        Zone zone = writableZone(call);
        RoutingRule current = rule(call);
        RoutingRule rule = RuleInput.rule(call.object(), current.id(), current.createdOn());
        checkMatchers(zone, rule);
        RoutingRule accepted = Targets.checked(call, zone, rule);
        call.world().put(zone.withRules(Lists.put(zone.rules(), r -> r.id().equals(current.id()), accepted)));
        return Envelope.success(RuleJson.rule(accepted));
    }

    private static Answer delete(Call call) {
        Zone zone = writableZone(call);
        RoutingRule rule = rule(call);
        call.world().put(zone.withRules(Lists.without(zone.rules(), r -> r.id().equals(rule.id()))));
        return Envelope.success(RuleJson.rule(rule));
    }

    private static Zone writableZone(Call call) {
        Zone zone = call.zone();
        if (!zone.routesMail() && call.has(Quirk.RULE_WRITES_WHILE_OFF, "refused")) {
            throw invalidOperation();
        }
        return zone;
    }

    private static RoutingRule rule(Call call) {
        Zone zone = call.zone();
        String id = call.parameter("rule_identifier");
        if (id.equals(zone.catchAll().id())) {
            throw invalidOperation();
        }
        return zone.rule(id).orElseThrow(() -> new Refusal(404, 1001, "Email routing rule not found"));
    }

    private static void checkMatchers(Zone zone, RoutingRule rule) {
        if (rule.isCatchAll()) {
            throw invalidOperation();
        }
        for (RoutingRule.Matcher matcher : rule.matchers()) {
            String address = HostNames.asciiAddress(matcher.value()).toLowerCase(Locale.ROOT);
            if (!zone.contains(address.substring(address.lastIndexOf('@') + 1))) {
                throw Refusals.invalidInput("must be an address of " + zone.name() + " or of a subdomain");
            }
            boolean taken = zone.rules().stream()
                    .filter(other -> !other.id().equals(rule.id()))
                    .flatMap(other -> other.matchers().stream())
                    .anyMatch(other -> other.value() != null && HostNames.sameAddress(address, other.value()));
            if (taken) {
                throw new Refusal(409, 2014, "Duplicated Zone rule");
            }
        }
    }

    /** Email Routing's answer to doing to one kind of rule what only another allows. */
    static Refusal invalidOperation() {
        return new Refusal(409, 2020, "Invalid rule operation");
    }
}
