package io.maildomain.simulator.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Zone;

/** A rule as the API shows it. */
final class RuleJson {

    private RuleJson() {}

    /** As an entry of a list, or by itself. */
    static ObjectNode rule(RoutingRule rule) {
        return catchAll(rule).put("priority", rule.priority());
    }

    /** The catch-all by itself: without a priority. */
    static ObjectNode catchAll(RoutingRule rule) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", rule.id())
                .put("tag", rule.id())
                .put("name", rule.name())
                .put("enabled", rule.enabled());
        json.set("matchers", matchers(rule));
        json.set("actions", actions(rule));
        return json.put("source", rule.source());
    }

    /** As an entry of the account's list. */
    static ObjectNode ofAccount(RoutingRule rule, Zone zone) {
        ObjectNode json = rule(rule);
        json.putObject("zone").put("name", zone.name()).put("tag", zone.id());
        return json;
    }

    static ArrayNode matchers(RoutingRule rule) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (RoutingRule.Matcher matcher : rule.matchers()) {
            ObjectNode json = array.addObject().put("type", matcher.type());
            if (matcher.field() != null) {
                json.put("field", matcher.field());
            }
            if (matcher.value() != null) {
                json.put("value", matcher.value());
            }
        }
        return array;
    }

    static ArrayNode actions(RoutingRule rule) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (RoutingRule.Action action : rule.actions()) {
            ObjectNode json = array.addObject().put("type", action.type());
            if (!action.value().isEmpty()) {
                ArrayNode values = json.putArray("value");
                action.value().forEach(values::add);
            }
        }
        return array;
    }
}
