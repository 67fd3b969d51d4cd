package io.maildomain.simulator.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The operations under {@code /accounts/{account_id}/email/routing/rules}: over all zones that the token reaches. */
public final class AccountRuleOperations {

    private static final String RULES = "/accounts/{account_id}/email/routing/rules";

    private AccountRuleOperations() {}

    public static List<Route> routes() {
        Right read = Right.read(Product.EMAIL_ROUTING_RULES);
        return new Route.Collector()
                .get(RULES, Guard.emailRoutingList(Quirk.ACCOUNT_RULES_LIST, read), AccountRuleOperations::list)
                .post(RULES + "/plan", Guard.emailRoutingAccount(read), AccountRuleOperations::plan)
                .routes();
    }

    private static List<Zone> zones(Call call) {
        return call.world().zonesOf(call.account().id()).stream()
                .filter(call.token()::reaches)
                .sorted(Comparator.comparing(Zone::name))
                .toList();
    }

    private static Answer list(Call call) {
        boolean catchAlls = call.has(Quirk.ACCOUNT_RULES_CATCH_ALL, "listed");
        List<Located> all = new ArrayList<>();
        for (Zone zone : zones(call)) {
            List<RoutingRule> rules = new ArrayList<>(zone.rules());
            if (catchAlls && CatchAllOperations.exists(call, zone)) {
                rules.add(zone.catchAll());
            }
            RuleOperations.enabledAsAsked(rules, call.query()).forEach(rule -> all.add(new Located(rule, zone)));
        }
        return Paging.of(call.query()).answer(all, located -> RuleJson.ofAccount(located.rule(), located.zone()));
    }

    private static Answer plan(Call call) {
        ObjectNode body = call.object();
        String tag = body.path("owner_worker_tag").asText("");
        if (tag.isEmpty()) {
            throw Refusals.invalidInput("owner_worker_tag is required");
        }
        RulePlan plan = new RulePlan(tag, zones(call), call.account());
        for (JsonNode given : body.path("rules")) {
            RoutingRule rule = RuleInput.rule(given, null, call.now());
            if (rule.isCatchAll()) {
                throw RuleOperations.invalidOperation();
            }
            String address = rule.address().orElseThrow(() -> Refusals.invalidInput("a matcher is required"));
            Targets.checked(call, plan.zoneOf(address), rule);
            plan.want(address, rule);
        }
        for (JsonNode given : body.path("catch_all_rules")) {
            String target = given.path("target").asText("");
            RoutingRule rule = RuleInput.rule(given.path("rule"), null, call.now());
            Targets.checked(call, plan.zoneOf(target), rule);
            plan.wantCatchAll(target, rule);
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("zones", plan.json());
        return Envelope.success(result);
    }

    private record Located(RoutingRule rule, Zone zone) {}
}
