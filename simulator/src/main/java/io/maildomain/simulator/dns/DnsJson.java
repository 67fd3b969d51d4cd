package io.maildomain.simulator.dns;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.Zone;
import java.util.Set;

/** A DNS record as the API shows it. */
final class DnsJson {

    static final Set<String> PROXIABLE = Set.of("A", "AAAA", "CNAME");

    private DnsJson() {}

    static ObjectNode of(Zone zone, DnsRecord record) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", record.id())
                .put("name", record.name())
                .put("type", record.type())
                .put("content", record.content());
        if (record.priority() != null) {
            json.put("priority", record.priority());
        }
        if (record.data() != null) {
            json.set("data", record.data());
        }
        json.put("proxiable", PROXIABLE.contains(record.type()))
                .put("proxied", record.proxied())
                .put("ttl", record.ttl());
        json.putObject("settings");
        ObjectNode meta = json.putObject("meta");
        if (record.routingHost() != null) {
            meta.put("email_routing", true).put("read_only", zone.routing().locks(record.routingHost()));
        }
        json.put("comment", record.comment());
        ArrayNode tags = json.putArray("tags");
        record.tags().forEach(tags::add);
        return json.put("created_on", record.createdOn().toString())
                .put("modified_on", record.modifiedOn().toString());
    }
}
