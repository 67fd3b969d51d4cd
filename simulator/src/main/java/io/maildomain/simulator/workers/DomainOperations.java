package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.CustomDomain;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Platform;
import io.maildomain.simulator.state.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The operations on custom domains: host names that lead to a Worker. */
public final class DomainOperations {

    private static final String DOMAINS = "/accounts/{account_id}/workers/domains";
    private static final String DOMAIN = DOMAINS + "/{domain_id}";
    private static final String HOSTNAME = "hostname";
    private static final String ORIGINS = "origins";

    private DomainOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(DOMAINS, Scripts.READ, DomainOperations::list)
                .put(DOMAINS, Scripts.EDIT, DomainOperations::attach)
                .get(DOMAINS + "/records", Scripts.READ, DomainOperations::list)
                .get(DOMAIN, Scripts.READ, call -> Envelope.success(json(existing(call))))
                .delete(DOMAIN, Scripts.EDIT, DomainOperations::detach)
                .put(Scripts.ONE + "/domains/records", Scripts.EDIT, DomainOperations::attachAll)
                .post(Scripts.ONE + "/domains/changeset", Scripts.EDIT, DomainOperations::changes)
                .routes();
    }

    private static Answer list(Call call) {
        ArrayNode domains = JsonNodeFactory.instance.arrayNode();
        call.account().platform().customDomains().stream()
                .filter(domain -> fits(call, HOSTNAME, domain.hostname())
                        && fits(call, "service", domain.service())
                        && fits(call, "zone_id", domain.zoneId())
                        && fits(call, "zone_name", domain.zoneName())
                        && fits(call, "environment", domain.environment()))
                .forEach(domain -> domains.add(json(domain)));
        return Envelope.success(domains);
    }

    private static boolean fits(Call call, String parameter, String actual) {
        return call.query().first(parameter).map(actual::equals).orElse(true);
    }

    private static CustomDomain existing(Call call) {
        String id = call.parameter("domain_id");
        return call.account().platform().customDomains().stream()
                .filter(domain -> domain.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, 100114, "There is no custom domain " + id + "."));
    }

    private static Answer attach(Call call) {
        JsonNode body = call.object();
        String service = body.path("service").asText();
        Scripts.existing(call, service);
        String hostname = HostNames.ascii(body.path(HOSTNAME).asText());
        Zone zone = zoneOf(call, hostname);
        if (body.hasNonNull("zone_id") && !zone.id().equals(body.path("zone_id").asText())) {
            throw noZone(hostname);
        }
        checkFree(call, zone, hostname, service, body);
        return Envelope.success(json(put(call, zone, hostname, service)));
    }

    private static Answer detach(Call call) {
        HostNameRecords.withoutDomain(call, existing(call));
        return Answer.empty(200);
    }

    /** All of the host names or none. */
    private static Answer attachAll(Call call) {
        String service = Scripts.existing(call).name();
        JsonNode body = call.object();
        List<String> hostnames = hostnames(body.path(ORIGINS));
        hostnames.forEach(hostname -> checkFree(call, zoneOf(call, hostname), hostname, service, body));
        ArrayNode domains = JsonNodeFactory.instance.arrayNode();
        hostnames.forEach(hostname -> domains.add(json(put(call, zoneOf(call, hostname), hostname, service))));
        return Envelope.success(domains);
    }

    /** What putting the host names would do. Wrangler asks before it does where a user can answer. */
    private static Answer changes(Call call) {
        String service = Scripts.existing(call).name();
        JsonNode body = call.request().body().length == 0 ? call.object() : json(call);
        List<String> hostnames = hostnames(body.isArray() ? body : body.path(ORIGINS));
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode added = result.putArray("added");
        ArrayNode removed = result.putArray("removed");
        ArrayNode updated = result.putArray("updated");
        ArrayNode conflicting = result.putArray("conflicting");
        for (String hostname : hostnames) {
            Zone zone = zoneOf(call, hostname);
            Optional<CustomDomain> known = call.account().platform().customDomain(hostname);
            ObjectNode shown = json(
                    known.orElseGet(() -> new CustomDomain(null, hostname, service, null, zone.id(), zone.name())));
            if (known.isPresent()) {
                updated.add(shown.put("modified", !known.get().service().equals(service)));
            } else if (HostNameRecords.foreign(zone, hostname).isPresent()) {
                conflicting.add(shown);
            } else {
                added.add(shown);
            }
        }
        if (call.query().first("replace_state").filter("true"::equals).isPresent()) {
            call.account().platform().customDomains().stream()
                    .filter(domain -> domain.service().equals(service) && !hostnames.contains(domain.hostname()))
                    .forEach(domain -> removed.add(json(domain)));
        }
        return Envelope.success(result);
    }

    private static JsonNode json(Call call) {
        return new String(call.request().body(), java.nio.charset.StandardCharsets.UTF_8)
                        .stripLeading()
                        .startsWith("[")
                ? call.array()
                : call.object();
    }

    private static List<String> hostnames(JsonNode origins) {
        List<String> hostnames = new ArrayList<>();
        origins.forEach(
                origin -> hostnames.add(HostNames.ascii(origin.path(HOSTNAME).asText())));
        return hostnames;
    }

    /** The zone with the longest name that holds the host name. */
    private static Zone zoneOf(Call call, String hostname) {
        return call.world().zonesOf(call.account().id()).stream()
                .filter(zone -> zone.contains(hostname))
                .max(Comparator.comparingInt(zone -> zone.name().length()))
                .orElseThrow(() -> noZone(hostname));
    }

    private static Refusal noZone(String hostname) {
        return new Refusal(404, 10083, "There is no zone of this account for " + hostname + ".");
    }

    private static void checkFree(Call call, Zone zone, String hostname, String service, JsonNode body) {
        Optional<CustomDomain> known = call.account().platform().customDomain(hostname);
        if (known.filter(domain -> !domain.service().equals(service)).isPresent()
                && !body.path("override_existing_origin").asBoolean()) {
            throw new Refusal(
                    409,
                    100116,
                    "Hostname '" + hostname + "' already has a custom domain, of the Worker "
                            + known.get().service() + ".");
        }
        if (known.isEmpty()
                && HostNameRecords.foreign(zone, hostname).isPresent()
                && !body.path("override_existing_dns_record").asBoolean()) {
            throw new Refusal(
                    409,
                    100117,
                    "Hostname '" + hostname
                            + "' already has externally managed DNS records (A, CNAME, etc). Delete them first.");
        }
    }

    private static CustomDomain put(Call call, Zone zone, String hostname, String service) {
        Optional<CustomDomain> known = call.account().platform().customDomain(hostname);
        CustomDomain domain = new CustomDomain(
                known.map(CustomDomain::id).orElse(null), hostname, service, null, zone.id(), zone.name());
        HostNameRecords.add(call, zone, hostname);
        Account account = call.account();
        Platform platform = account.platform();
        call.world()
                .put(account.withPlatform(platform.withCustomDomains(Lists.put(
                        platform.customDomains(), other -> other.hostname().equals(hostname), domain))));
        return domain;
    }

    private static ObjectNode json(CustomDomain domain) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", domain.id())
                .put(HOSTNAME, domain.hostname())
                .put("service", domain.service())
                .put("environment", domain.environment())
                .put("zone_id", domain.zoneId())
                .put("zone_name", domain.zoneName());
    }
}
