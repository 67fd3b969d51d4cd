package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.operator.cloudflare.deploy.CustomDomain;
import io.maildomain.operator.cloudflare.deploy.HostZone;
import io.maildomain.operator.cloudflare.deploy.WorkerRoute;
import io.maildomain.operator.cloudflare.deploy.WorkersDev;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From what Cloudflare answers about what leads to Workers to values. What is missing or malformed is a {@link BadAnswer}. */
final class TriggersTranslation {
    private TriggersTranslation() {}

    static WorkersDev workersDev(JsonNode node) {
        Fields subdomain = new Fields(node);
        Boolean enabled = subdomain.flag("enabled");
        if (enabled == null) {
            throw new BadAnswer("it is not said whether a Worker is on workers.dev");
        }
        return new WorkersDev(enabled, Boolean.TRUE.equals(subdomain.flag("previews_enabled")));
    }

    static List<String> schedules(JsonNode node) {
        Translation.require(node.path("schedules").isArray(), "a Worker's schedules are no list");
        List<String> crons = new ArrayList<>();
        for (JsonNode schedule : node.path("schedules")) {
            String cron = new Fields(schedule).words("cron");
            Translation.require(!cron.isEmpty(), "a schedule has no cron expression");
            crons.add(cron);
        }
        return List.copyOf(crons);
    }

    static List<CustomDomain> customDomains(JsonNode result) {
        return WorkersTranslation.list(result, TriggersTranslation::customDomain);
    }

    static CustomDomain customDomain(JsonNode node) {
        Fields domain = new Fields(node);
        Translation.require(Translation.isId(domain.text("id")), "a custom domain has no well-formed id");
        Translation.require(!domain.words("hostname").isEmpty(), "a custom domain has no host name");
        String zoneId = domain.text("zone_id");
        return new CustomDomain(
                domain.text("id"),
                HostNames.ascii(domain.words("hostname")),
                domain.words("service"),
                Translation.isId(zoneId) ? zoneId : "");
    }

    /** The custom domain that was put; the id of another one would be deleted in its place one day. */
    static CustomDomain customDomain(JsonNode node, String hostname, String script) {
        CustomDomain domain = customDomain(node);
        Translation.require(
                HostNames.same(domain.hostname(), hostname) && domain.script().equals(script),
                "a custom domain is not the one that was put");
        return domain;
    }

    static List<WorkerRoute> routes(JsonNode result) {
        return WorkersTranslation.list(result, TriggersTranslation::route);
    }

    private static WorkerRoute route(JsonNode node) {
        Fields route = new Fields(node);
        Translation.require(!route.words("pattern").isEmpty(), "a route has no pattern");
        return new WorkerRoute(createdRoute(node), route.words("pattern"), route.words("script"));
    }

    /** The id of a route. */
    static String createdRoute(JsonNode node) {
        String id = new Fields(node).text("id");
        Translation.require(Translation.isId(id), "a route has no well-formed id");
        return id;
    }

    /** A server that overlooks the name it was asked for must not give us another zone. */
    static Optional<HostZone> zoneNamed(String name, JsonNode result) {
        Translation.require(result.isArray(), "the result is no list");
        for (JsonNode node : result) {
            Fields zone = new Fields(node);
            Translation.require(!zone.text("name").isEmpty(), "a zone has no name");
            if (HostNames.same(zone.text("name"), name)) {
                Translation.require(Translation.isId(zone.text("id")), "a zone has no well-formed id");
                return Optional.of(new HostZone(zone.text("id"), name));
            }
        }
        return Optional.empty();
    }
}
