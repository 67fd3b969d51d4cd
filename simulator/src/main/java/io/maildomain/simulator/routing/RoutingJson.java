package io.maildomain.simulator.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.RoutingSettings;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.List;

/** Email Routing's settings and DNS records as the API shows them. */
final class RoutingJson {

    private RoutingJson() {}

    /** The settings as some saw them: off, and ready. */
    static ObjectNode contradicting(Zone zone, Instant now) {
        ObjectNode settings = settings(zone, now);
        return zone.routesMail() ? settings.put("enabled", false).put("status", "ready") : settings;
    }

    static ObjectNode settings(Zone zone, Instant now) {
        RoutingSettings settings = zone.routing();
        return JsonNodeFactory.instance
                .objectNode()
                // wrangler shows this id as the zone's: they are the same.
                .put("id", zone.id())
                .put("tag", zone.id())
                .put("name", zone.name())
                .put("enabled", zone.routesMail())
                .put("status", RoutingStatus.of(zone, now))
                .put("created", settings.created().toString())
                .put("modified", settings.modified().toString())
                .put("skip_wizard", settings.skipWizard())
                .put("support_subaddress", settings.supportSubaddress())
                .put("synced", true);
    }

    static ArrayNode records(List<DnsRecord> records) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        records.forEach(record -> array.add(record(record)));
        return array;
    }

    static ObjectNode problems(List<DnsProblem> problems, List<DnsRecord> required) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode errors = json.putArray("errors");
        for (DnsProblem problem : problems) {
            errors.addObject()
                    .put("code", problem.kind().code())
                    .set(problem.isMissing() ? "missing" : "existing", record(problem.record()));
        }
        json.set("record", records(required));
        return json;
    }

    private static ObjectNode record(DnsRecord record) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", record.type())
                .put("name", record.name())
                .put("content", record.content())
                .put("ttl", record.ttl());
        if (record.priority() != null) {
            json.put("priority", record.priority());
        }
        return json;
    }
}
