package io.maildomain.simulator.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.RoutingRule.Action;
import io.maildomain.simulator.state.RoutingRule.Matcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a rule from a request's body and refuses what has not the form of one (422/2007). Whether its destination and
 * Worker exist is not looked at here.
 */
final class RuleInput {

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_VALUE = 90;
    private static final int LONGEST_TAG = 32;
    private static final Set<String> ACTIONS = Set.of("drop", "forward", "worker");

    private RuleInput() {}

    /** A rule for an address of a zone, or one that matches all mail. */
    static RoutingRule rule(JsonNode body, String id, Instant createdOn) {
        List<Matcher> matchers = matchers(body.path("matchers"));
        String name = body.path("name").asText("");
        require(name.length() <= LONGEST_NAME, "name is longer than " + LONGEST_NAME + " characters");
        require(!body.has("enabled") || body.get("enabled").isBoolean(), "enabled must be true or false");
        JsonNode priority = body.path("priority");
        require(
                priority.isMissingNode() || (priority.isNumber() && priority.asDouble() >= 0),
                "priority must be a number from 0");
        String source = body.path("source").asText("api");
        require(source.equals("api") || source.equals("wrangler"), "source must be api or wrangler");
        String ownerTag = body.path("owner_worker_tag").asText(null);
        require(ownerTag == null || ownerTag.length() <= LONGEST_TAG, "owner_worker_tag is too long");
        require(
                !source.equals("wrangler") || ownerTag != null,
                "owner_worker_tag is required where source is wrangler");
        return new RoutingRule(
                id,
                name,
                body.path("enabled").asBoolean(true),
                priority.asLong(0),
                matchers,
                List.of(action(body.path("actions"))),
                source,
                ownerTag,
                createdOn);
    }

    /** A zone's catch-all: one matcher for all mail, and the fixed priority. */
    static RoutingRule catchAll(JsonNode body, RoutingRule current) {
        RoutingRule rule = rule(body, current.id(), current.createdOn());
        require(rule.matchers().size() == 1 && rule.isCatchAll(), "the catch-all rule has one matcher, of type all");
        return new RoutingRule(
                rule.id(),
                rule.name(),
                rule.enabled(),
                RoutingRule.CATCH_ALL_PRIORITY,
                rule.matchers(),
                rule.actions(),
                rule.source(),
                rule.ownerWorkerTag(),
                rule.createdOn());
    }

    private static List<Matcher> matchers(JsonNode given) {
        require(given.isArray() && !given.isEmpty(), "at least one matcher is required");
        List<Matcher> matchers = new ArrayList<>();
        for (JsonNode matcher : given) {
            matchers.add(matcher(matcher));
        }
        return matchers;
    }

    private static Matcher matcher(JsonNode given) {
        String type = given.path("type").asText("");
        if (type.equals("all")) {
            return Matcher.all();
        }
        require(type.equals("literal"), "matcher type must be all or literal");
        require(given.path("field").asText("").equals("to"), "matcher field must be to");
        String value = given.path("value").asText("");
        require(value.length() <= LONGEST_VALUE, "matcher value is longer than " + LONGEST_VALUE + " characters");
        require(isAddress(value), "matcher value must be an email address");
        return new Matcher(type, "to", HostNames.asciiAddress(value));
    }

    static Action action(JsonNode given) {
        require(given.isArray() && !given.isEmpty(), "at least one action is required");
        require(given.size() == 1, "only one action per rule is allowed");
        JsonNode action = given.get(0);
        String type = action.path("type").asText("");
        require(ACTIONS.contains(type), "action type must be drop, forward or worker");
        List<String> values = values(action.path("value"));
        if (type.equals("forward")) {
            require(
                    values.size() == 1 && isAddress(values.get(0)),
                    "forward action must contain exactly one destination");
        } else if (type.equals("worker")) {
            require(values.size() == 1 && !values.get(0).isBlank(), "must specify worker id");
        } else {
            require(values.isEmpty(), "drop action must not contain a value");
        }
        return new Action(type, values);
    }

    private static List<String> values(JsonNode given) {
        require(given.isMissingNode() || given.isNull() || given.isArray(), "action value must be a list");
        List<String> values = new ArrayList<>();
        for (JsonNode value : given) {
            require(value.isTextual(), "action value must be a list of strings");
            require(
                    value.asText().length() <= LONGEST_VALUE,
                    "action value is longer than " + LONGEST_VALUE + " characters");
            values.add(value.asText());
        }
        return values;
    }

    private static boolean isAddress(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at < text.length() - 1
                && text.chars().noneMatch(Character::isWhitespace)
                && text.indexOf('.', at) > at + 1;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw Refusals.invalidInput(otherwise);
        }
    }
}
