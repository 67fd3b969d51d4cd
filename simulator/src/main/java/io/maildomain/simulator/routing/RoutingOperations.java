package io.maildomain.simulator.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Operation;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.routing.RoutingSwitch.ForeignMx;
import io.maildomain.simulator.routing.RoutingSwitch.MergedSpf;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.Zone;
import java.util.List;

/** The operations under {@code /zones/{zone_id}/email/routing} that are not about rules. */
public final class RoutingOperations {

    private static final String SETTINGS = "/zones/{zone_id}/email/routing";
    private static final String DNS = SETTINGS + "/dns";

    private RoutingOperations() {}

    public static List<Route> routes() {
        Guard read = Guard.emailRouting(Right.read(Product.ZONE_SETTINGS));
        Guard edit = Guard.emailRouting(Right.edit(Product.ZONE_SETTINGS));
        return new Route.Collector()
                .get(SETTINGS, read, call -> shown(call, call.zone()))
                .put(SETTINGS, edit, RoutingOperations::changeSettings)
                .patch(SETTINGS, edit, RoutingOperations::changeSettings)
                .post(
                        SETTINGS + "/enable",
                        edit,
                        deprecated(call -> enable(call, call.zone().name())))
                .post(SETTINGS + "/disable", edit, deprecated(RoutingOperations::disableApex))
                .post(SETTINGS + "/unlock", edit, deprecated(RoutingOperations::unlock))
                .get(DNS, read, RoutingOperations::showDns)
                .post(DNS, edit, RoutingOperations::enableHost)
                .patch(DNS, edit, RoutingOperations::unlock)
                .delete(DNS, edit, RoutingOperations::disableHost)
                .get("/accounts/{account_id}/email/routing/zones", zonesOfAccount(), RoutingOperations::listZones)
                .routes();
    }

    private static Guard zonesOfAccount() {
        return Guard.emailRoutingList(
                Quirk.ACCOUNT_ZONES_LIST, Right.read(Product.ZONE_SETTINGS), Right.read(Product.EMAIL_ROUTING_RULES));
    }

    /** An operation that Cloudflare announced to take away. */
    private static Operation deprecated(Operation operation) {
        return call -> {
            String gone = call.quirks().get(Quirk.DEPRECATED_CALLS);
            if (gone.equals("no")) {
                return operation.answer(call);
            }
            if (gone.equals("405")) {
                throw Refusals.methodNotAllowed("POST", List.of());
            }
            throw new Refusal(Integer.parseInt(gone), 7000, "No route for that URI");
        };
    }

    private static Answer changeSettings(Call call) {
        ObjectNode body = call.object();
        Zone zone = call.zone();
        // "enabled" is taken and does nothing, as live.
        boolean wizardSkipped = flag(body, "skip_wizard", zone.routing().skipWizard());
        boolean subaddress = flag(body, "support_subaddress", zone.routing().supportSubaddress());
        flag(body, "enabled", false);
        return shown(
                call,
                call.world().put(zone.withRouting(zone.routing().withOptions(wizardSkipped, subaddress, call.now()))));
    }

    private static boolean flag(ObjectNode body, String name, boolean current) {
        if (!body.hasNonNull(name)) {
            return current;
        }
        if (!body.get(name).isBoolean()) {
            throw Refusals.invalidInput(name + " must be true or false");
        }
        return body.get(name).asBoolean();
    }

    private static Answer enableHost(Call call) {
        String name = name(call);
        Zone zone = call.zone();
        if (name.isEmpty()) {
            return enable(call, zone.name());
        }
        if (name.equals(zone.name()) || !zone.contains(name)) {
            // Cloudflare's own words.
            throw Refusals.invalidInput("must be a a subdomains of " + zone.name());
        }
        return enable(call, name);
    }

    private static Answer enable(Call call, String host) {
        Zone zone = call.zone();
        Zone enabled = RoutingSwitch.enabled(
                zone,
                host,
                foreignMx(call, host.equals(zone.name())),
                call.has(Quirk.MERGED_SPF, "replaced") ? MergedSpf.REPLACED : MergedSpf.KEPT,
                call.now());
        boolean lacking = call.has(Quirk.ENABLING_ADDS_RECORDS, "no");
        return shown(call, call.world().put(lacking ? RoutingSwitch.withoutOwnMx(enabled, host) : enabled));
    }

    private static ForeignMx foreignMx(Call call, boolean apex) {
        if (apex) {
            return call.has(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced") ? ForeignMx.REPLACED : ForeignMx.REFUSED;
        }
        return call.has(Quirk.SUBDOMAIN_FOREIGN_MX, "ignored") ? ForeignMx.IGNORED : ForeignMx.REFUSED;
    }

    private static Answer unlock(Call call) {
        return shown(call, call.world().put(RoutingSwitch.unlocked(call.zone(), hostOfBody(call), call.now())));
    }

    private static Answer disableApex(Call call) {
        return shown(
                call,
                call.world().put(RoutingSwitch.disabled(call.zone(), call.zone().name(), call.now())));
    }

    private static Answer disableHost(Call call) {
        Zone zone = call.zone();
        String host = call.has(Quirk.DNS_DELETE_IGNORES_BODY, "yes") ? zone.name() : hostOfBody(call);
        Zone disabled = call.world().put(RoutingSwitch.disabled(zone, host, call.now()));
        List<DnsRecord> removed = zone.dnsRecords().stream()
                .filter(record -> !disabled.dnsRecords().contains(record))
                .toList();
        return Envelope.success(RoutingJson.records(removed));
    }

    private static Answer showDns(Call call) {
        Zone zone = call.zone();
        String host =
                call.query().first("subdomain").map(name -> host(name, zone)).orElse(zone.name());
        List<DnsRecord> required = HostRecords.required(zone, host, call.now());
        List<DnsProblem> problems = DnsProblem.at(zone, host, call.now());
        return Envelope.success(
                isArray(call, zone, host, problems)
                        ? RoutingJson.records(required)
                        : RoutingJson.problems(problems, required));
    }

    /**
     * Which of its two forms the answer has. That records are missing while routing is off is nothing wrong with the
     * zone's own name; wrangler reads only an array there.
     */
    private static boolean isArray(Call call, Zone zone, String host, List<DnsProblem> problems) {
        String form = call.quirks().get(Quirk.DNS_FORM);
        if (!form.equals("auto")) {
            return form.equals("array");
        }
        boolean off = host.equals(zone.name()) && !zone.routesMail();
        return problems.stream().allMatch(problem -> off && problem.isMissing());
    }

    private static Answer listZones(Call call) {
        List<Zone> zones = call.world().zonesOf(call.account().id()).stream()
                .filter(call.token()::reaches)
                .toList();
        int most = Integer.parseInt(call.quirks().get(Quirk.ACCOUNT_ZONES_PER_PAGE));
        return Paging.of(call.query(), 5, 20, most).answer(zones, zone -> settings(call, zone));
    }

    private static String hostOfBody(Call call) {
        String name = name(call);
        return name.isEmpty() ? call.zone().name() : host(name, call.zone());
    }

    private static String host(String name, Zone zone) {
        String host = HostNames.ascii(name);
        if (!zone.contains(host)) {
            throw Refusals.invalidInput("must be a a subdomains of " + zone.name());
        }
        return host;
    }

    private static String name(Call call) {
        return HostNames.ascii(call.object().path("name").asText(""));
    }

    private static Answer shown(Call call, Zone zone) {
        return Envelope.success(settings(call, zone));
    }

    private static ObjectNode settings(Call call, Zone zone) {
        return call.has(Quirk.SETTINGS_ENABLED, "false")
                ? RoutingJson.contradicting(zone, call.now())
                : RoutingJson.settings(zone, call.now());
    }
}
