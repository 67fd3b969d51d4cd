package io.maildomain.simulator.suppressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Suppression;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The operations under {@code …/email/routing/suppression} of an account and of a zone. */
public final class SuppressionOperations {

    private static final String OF_ACCOUNT = "/accounts/{account_id}/email/routing/suppression";
    private static final String OF_ZONE = "/zones/{zone_id}/email/routing/suppression";
    private static final String ONE = "/{suppression_id}";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SuppressionOperations() {}

    public static List<Route> routes() {
        Right read = Right.read(Product.EMAIL_ROUTING_SUPPRESSIONS);
        Right edit = Right.edit(Product.EMAIL_ROUTING_SUPPRESSIONS);
        Route.Collector routes = new Route.Collector();
        add(routes, OF_ACCOUNT, Guard.emailRoutingAccount(read), Guard.emailRoutingAccount(edit));
        add(routes, OF_ZONE, Guard.emailRouting(read), Guard.emailRouting(edit));
        return routes.routes();
    }

    private static void add(Route.Collector routes, String path, Guard read, Guard edit) {
        routes.get(path, read, SuppressionOperations::list)
                .post(path, edit, SuppressionOperations::create)
                .get(path + ONE, read, SuppressionOperations::show)
                .delete(path + ONE, edit, SuppressionOperations::delete);
    }

    private static Answer list(Call call) {
        List<Suppression> all = account(call).suppressions().stream()
                .filter(inScope(call))
                .sorted(order(call))
                .toList();
        Paging paging = Paging.of(call.query(), 1, 100, 1000);
        ArrayNode items = NODES.arrayNode();
        all.stream()
                .skip((long) (paging.page() - 1) * paging.perPage())
                .limit(paging.perPage())
                .forEach(suppression -> items.add(json(suppression)));
        ObjectNode body = NODES.objectNode()
                .put("page", paging.page())
                .put("per_page", paging.perPage())
                .put("total", all.size());
        body.set("result", items);
        return Answer.json(200, body);
    }

    private static Comparator<Suppression> order(Call call) {
        String by = call.query().first("order").orElse("created_at");
        Comparator<Suppression> order = Comparator.comparing(Suppression::createdAt);
        if (by.equals("email")) {
            order = Comparator.comparing(Suppression::email);
        } else if (by.equals("expires_at")) {
            order = Comparator.comparing(
                    suppression -> Optional.ofNullable(suppression.expiresAt()).orElse(Instant.MAX));
        }
        return call.query().first("direction").filter("asc"::equals).isPresent() ? order : order.reversed();
    }

    private static Answer create(Call call) {
        JsonNode body = call.object();
        String email = body.path("email").asText("");
        Instant expires;
        try {
            expires = body.hasNonNull("expires_at")
                    ? Instant.parse(body.get("expires_at").asText())
                    : null;
        } catch (DateTimeParseException e) {
            return refused(400, "expires_at must be a time");
        }
        if (!email.contains("@")) {
            return refused(400, "email must be an email address");
        }
        Suppression suppression = new Suppression(
                null,
                email,
                "manual",
                call.now(),
                expires,
                zone(call).map(List::of).orElse(List.of()));
        Account account = account(call);
        call.world().put(account.withSuppressions(Lists.with(account.suppressions(), suppression)));
        return result(NODES.objectNode().put("id", suppression.id()));
    }

    private static Answer show(Call call) {
        return find(call)
                .map(suppression -> result(json(suppression)))
                .orElseGet(() -> refused(404, "suppression not found"));
    }

    private static Answer delete(Call call) {
        Optional<Suppression> found = find(call);
        if (found.isEmpty()) {
            return refused(404, "suppression not found");
        }
        Account account = account(call);
        call.world().put(account.withSuppressions(Lists.without(account.suppressions(), found.get()::equals)));
        return Answer.json(200, NODES.objectNode().put("success", true));
    }

    private static Optional<Suppression> find(Call call) {
        String id = call.parameter("suppression_id");
        return account(call).suppressions().stream()
                .filter(inScope(call))
                .filter(suppression -> suppression.id().equals(id))
                .findFirst();
    }

    /** Through a zone those that hold for it are seen; through the account all. */
    private static Predicate<Suppression> inScope(Call call) {
        return zone(call)
                .<Predicate<Suppression>>map(zone -> suppression ->
                        suppression.zones().isEmpty() || suppression.zones().contains(zone))
                .orElse(suppression -> true);
    }

    private static Optional<String> zone(Call call) {
        return Optional.ofNullable(call.parameter(Guard.ZONE_ID));
    }

    private static Account account(Call call) {
        if (zone(call).isEmpty()) {
            return call.account();
        }
        Zone zone = call.zone();
        return call.world().account(zone.accountId()).orElseThrow(Refusals::authenticationError);
    }

    private static ObjectNode json(Suppression suppression) {
        ObjectNode json = NODES.objectNode()
                .put("id", suppression.id())
                .put("email", suppression.email())
                .put("reason", suppression.reason())
                .put("created_at", suppression.createdAt().toString())
                .put(
                        "expires_at",
                        suppression.expiresAt() == null
                                ? null
                                : suppression.expiresAt().toString());
        ArrayNode zones = json.putArray("zones");
        suppression.zones().forEach(zones::add);
        return json;
    }

    private static Answer result(JsonNode result) {
        return Answer.json(200, NODES.objectNode().set("result", result));
    }

    private static Answer refused(int status, String message) {
        ObjectNode body = NODES.objectNode().put("success", false);
        if (status == 404) {
            body.put("error", message);
        } else {
            body.putArray("errors").add(message);
        }
        return Answer.json(status, body);
    }
}
