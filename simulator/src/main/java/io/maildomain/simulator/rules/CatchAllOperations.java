package io.maildomain.simulator.rules;

import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Zone;
import java.util.List;

/** A zone's catch-all: a rule that is always there and can only be read and replaced. */
public final class CatchAllOperations {

    private static final String CATCH_ALL = "/zones/{zone_id}/email/routing/rules/catch_all";

    private CatchAllOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(
                        CATCH_ALL,
                        Guard.emailRouting(Right.read(Product.EMAIL_ROUTING_RULES)),
                        call -> Envelope.success(
                                RuleJson.catchAll(existing(call).catchAll())))
                .put(
                        CATCH_ALL,
                        Guard.emailRouting(Right.edit(Product.EMAIL_ROUTING_RULES)),
                        CatchAllOperations::replace)
                .routes();
    }

    private static Answer replace(Call call) {
        Zone zone = existing(call);
        RoutingRule rule = Targets.checked(call, zone, RuleInput.catchAll(call.object(), zone.catchAll()));
        call.world().put(zone.withCatchAll(rule));
        return Envelope.success(RuleJson.catchAll(rule));
    }

    private static Zone existing(Call call) {
        Zone zone = call.zone();
        if (!exists(call, zone)) {
            throw new Refusal(404, 1001, "Email routing rule not found");
        }
        return zone;
    }

    /** Whether the zone has its catch-all yet. */
    static boolean exists(Call call, Zone zone) {
        return zone.routesMail() || call.has(Quirk.CATCH_ALL_BEFORE_ENABLING, "exists");
    }
}
