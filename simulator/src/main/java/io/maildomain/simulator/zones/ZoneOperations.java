package io.maildomain.simulator.zones;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.rights.Scope;
import io.maildomain.simulator.state.Registration;
import io.maildomain.simulator.state.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The operations under {@code /zones} that concern the zone itself. */
public final class ZoneOperations {

    private static final Duration CHECK_INTERVAL = Duration.ofHours(1);
    private static final Set<String> EDITABLE = Set.of("paused", "type", "vanity_name_servers");
    private static final Right EDIT = Right.edit(Product.ZONE);

    private ZoneOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get("/zones", Guard.anyToken(), ZoneOperations::list)
                .post("/zones", Guard.anyToken(), call -> shown(call, ZoneCreation.create(call)))
                .get("/zones/{zone_id}", readOne(), call -> shown(call, call.zone()))
                .patch("/zones/{zone_id}", Guard.zone(EDIT), ZoneOperations::edit)
                .delete("/zones/{zone_id}", Guard.zone(EDIT), ZoneOperations::delete)
                .put("/zones/{zone_id}/activation_check", Guard.zone(EDIT), ZoneOperations::checkActivation)
                .routes();
    }

    private static Guard readOne() {
        return Guard.zone(
                Right.read(Product.ZONE),
                Right.read(Product.ZONE_SETTINGS),
                Right.read(Product.DNS),
                Right.read(Product.WORKERS_ROUTES),
                Right.read(Product.WORKERS_SCRIPTS));
    }

    private static Answer list(Call call) {
        boolean may = call.has(Quirk.ZONES_LIST_NEEDS, "any-zone-right")
                ? call.token().rights().stream()
                        .anyMatch(right -> right.product().scope() == Scope.ZONE)
                : call.token().holds(Right.read(Product.ZONE));
        if (!may) {
            throw new Refusal(
                    403,
                    0,
                    "Actor 'com.cloudflare.api.token." + call.token().id()
                            + "' requires permission 'com.cloudflare.api.account.zone.list' to list zones");
        }
        List<Zone> visible =
                call.world().zones().stream().filter(call.token()::reaches).toList();
        return Paging.of(call.query())
                .answer(
                        new ZoneFilter(call.query(), call.world()).apply(visible),
                        zone -> ZoneJson.of(zone, call.world()));
    }

    private static Answer edit(Call call) {
        ObjectNode body = call.object();
        List<String> named = new ArrayList<>();
        body.fieldNames().forEachRemaining(named::add);
        if (named.size() != 1 || !EDITABLE.contains(named.get(0))) {
            throw new Refusal(400, 1022, "Only one property can be changed at a time: one of " + sorted(EDITABLE));
        }
        Zone zone = call.zone();
        Registration registration = zone.registration();
        List<String> vanity = registration.vanityNameServers();
        if (body.has("vanity_name_servers")) {
            List<String> given = new ArrayList<>();
            body.get("vanity_name_servers").forEach((JsonNode name) -> given.add(name.asText()));
            vanity = given;
        }
        Registration changed = registration.withEdits(
                body.path("type").asText(registration.type()),
                body.path("paused").asBoolean(registration.paused()),
                vanity,
                call.now());
        return shown(call, call.world().put(zone.withRegistration(changed)));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static Answer delete(Call call) {
        Zone zone = call.zone();
        call.world().removeZone(zone.id());
        return id(zone);
    }

    private static Answer checkActivation(Call call) {
        Zone zone = call.zone();
        Instant last = zone.registration().checkedOn();
        if (last != null && call.now().isBefore(last.plus(CHECK_INTERVAL))) {
            throw new Refusal(400, 1224, "You may only perform this action once per hour");
        }
        call.world().put(zone.withRegistration(zone.registration().withCheckedOn(call.now())));
        return id(zone);
    }

    private static Answer shown(Call call, Zone zone) {
        return Envelope.success(ZoneJson.of(zone, call.world()));
    }

    private static Answer id(Zone zone) {
        return Envelope.success(JsonNodeFactory.instance.objectNode().put("id", zone.id()));
    }
}
