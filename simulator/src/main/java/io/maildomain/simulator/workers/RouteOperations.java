package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.WorkerRoute;
import io.maildomain.simulator.state.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The operations on routes: patterns of a zone whose requests a Worker gets. */
public final class RouteOperations {

    private static final String ROUTES = "/zones/{zone_id}/workers/routes";
    private static final String ROUTE = ROUTES + "/{route_id}";
    private static final String PATTERN = "pattern";
    private static final Right EDIT = Right.edit(Product.WORKERS_ROUTES);

    private RouteOperations() {}

    public static List<Route> routes() {
        Guard read = Guard.zoneProduct(Right.read(Product.WORKERS_ROUTES));
        Guard edit = Guard.zoneProduct(EDIT);
        return new Route.Collector()
                .get(ROUTES, read, RouteOperations::list)
                .post(ROUTES, edit, call -> write(call, null))
                .get(ROUTE, read, call -> Envelope.success(json(existing(call))))
                .put(ROUTE, edit, call -> write(call, existing(call)))
                .delete(ROUTE, edit, RouteOperations::delete)
                .put(Scripts.ONE + "/routes", Scripts.EDIT, RouteOperations::replace)
                .routes();
    }

    private static Account account(Call call) {
        return call.world().account(call.zone().accountId()).orElseThrow(Refusals::authenticationError);
    }

    private static Answer list(Call call) {
        ArrayNode routes = JsonNodeFactory.instance.arrayNode();
        account(call).platform().routes().stream()
                .filter(route -> route.zoneId().equals(call.zone().id()))
                .forEach(route -> routes.add(json(route)));
        return Envelope.success(routes);
    }

    private static WorkerRoute existing(Call call) {
        String id = call.parameter("route_id");
        return account(call).platform().routes().stream()
                .filter(route ->
                        route.zoneId().equals(call.zone().id()) && route.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, 10009, "There is no route " + id + "."));
    }

    /** @param known null: a route that is to be created */
    private static Answer write(Call call, WorkerRoute known) {
        JsonNode body = call.object();
        Account account = account(call);
        Zone zone = call.zone();
        String pattern = body.path(PATTERN).asText();
        String script = body.path("script").asText("");
        if (!zone.contains(host(pattern))) {
            throw new Refusal(400, 10022, "The pattern '" + pattern + "' is not of the zone " + zone.name() + ".");
        }
        if (!script.isEmpty() && account.worker(script).isEmpty()) {
            throw new Refusal(404, 10007, "This Worker does not exist on your account.");
        }
        WorkerRoute route = new WorkerRoute(known == null ? null : known.id(), zone.id(), pattern, script);
        taken(account, pattern).filter(other -> !other.id().equals(route.id())).ifPresent(other -> {
            throw duplicate(other);
        });
        put(
                call,
                account,
                Lists.put(account.platform().routes(), other -> other.id().equals(route.id()), route));
        return Envelope.success(json(route));
    }

    private static Refusal duplicate(WorkerRoute other) {
        return new Refusal(
                409,
                10020,
                "A route with the same pattern already exists: " + other.pattern() + " leads to "
                        + (other.script().isEmpty() ? "no Worker" : other.script()) + ".");
    }

    private static Optional<WorkerRoute> taken(Account account, String pattern) {
        return account.platform().routes().stream()
                .filter(route -> route.pattern().equals(pattern))
                .findFirst();
    }

    /** The part of a pattern that names hosts, without a star in front. */
    private static String host(String pattern) {
        String host = pattern.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.replaceFirst("^\\*\\.?", "");
    }

    private static Answer delete(Call call) {
        WorkerRoute gone = existing(call);
        Account account = account(call);
        put(call, account, Lists.without(account.platform().routes(), gone::equals));
        return Envelope.success(JsonNodeFactory.instance.objectNode().put("id", gone.id()));
    }

    private static void put(Call call, Account account, List<WorkerRoute> routes) {
        call.world().put(account.withPlatform(account.platform().withRoutes(routes)));
    }

    /** Those that are listed take the place of all that the Worker had. */
    private static Answer replace(Call call) {
        String script = Scripts.existing(call).name();
        Account account = call.account();
        List<WorkerRoute> others = Lists.without(
                account.platform().routes(), route -> route.script().equals(script));
        List<WorkerRoute> routes = new ArrayList<>(others);
        ArrayNode patterns = JsonNodeFactory.instance.arrayNode();
        for (JsonNode wanted : call.array()) {
            String pattern = wanted.path(PATTERN).asText();
            Zone zone = call.world().zonesOf(account.id()).stream()
                    .filter(candidate -> candidate.contains(host(pattern)))
                    .max(Comparator.comparingInt(candidate -> candidate.name().length()))
                    .orElseThrow(
                            () -> new Refusal(400, 10082, "There is no zone of this account for '" + pattern + "'."));
            if (!call.token().holds(EDIT) || !call.token().reaches(zone)) {
                throw Refusals.authenticationError();
            }
            taken(account, pattern)
                    .filter(other -> !other.script().equals(script))
                    .ifPresent(other -> {
                        throw duplicate(other);
                    });
            String id = taken(account, pattern).map(WorkerRoute::id).orElse(null);
            routes.add(new WorkerRoute(id, zone.id(), pattern, script));
            patterns.add(pattern);
        }
        put(call, account, routes);
        return Envelope.success(patterns);
    }

    private static ObjectNode json(WorkerRoute route) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", route.id()).put(PATTERN, route.pattern());
        return route.script().isEmpty() ? json : json.put("script", route.script());
    }
}
