package io.maildomain.simulator.dns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.ErrorItem;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a DNS record from a request's body and refuses what is no record. */
final class DnsInput {

    private static final Set<String> TYPES = Set.of(
            "A",
            "AAAA",
            "CAA",
            "CERT",
            "CNAME",
            "DNSKEY",
            "DS",
            "HTTPS",
            "LOC",
            "MX",
            "NAPTR",
            "NS",
            "OPENPGPKEY",
            "PTR",
            "SMIMEA",
            "SRV",
            "SSHFP",
            "SVCB",
            "TLSA",
            "TXT",
            "URI");

    /** Types whose record names a priority of its own. */
    private static final Set<String> PRIORITIZED = Set.of("MX", "URI");

    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}");
    private static final Pattern HOST = Pattern.compile("\\.|([A-Za-z0-9_*-]+\\.)*[A-Za-z0-9_-]+\\.?");
    private static final Map<String, Pattern> CONTENT_FORMS =
            Map.of("A", IPV4, "AAAA", IPV6, "CNAME", HOST, "MX", HOST, "NS", HOST);
    private static final Map<String, ErrorItem> CONTENT_ERRORS = Map.of(
            "A", new ErrorItem(9005, "Content for A record must be a valid IPv4 address."),
            "AAAA", new ErrorItem(9006, "Content for AAAA record must be a valid IPv6 address."),
            "CNAME", new ErrorItem(9007, "Content for CNAME record is invalid."),
            "MX", new ErrorItem(9009, "Content for MX record is invalid."),
            "NS", new ErrorItem(9010, "Content for NS record is invalid."));

    private DnsInput() {}

    /** A whole record; what the body leaves out has its default. */
    static DnsRecord record(Zone zone, JsonNode body, String id, Instant createdOn, Instant now) {
        String type = body.path("type").asText("").toUpperCase(Locale.ROOT);
        require(TYPES.contains(type), 9001, "DNS record type is invalid.");
        String name = name(zone, body.path("name").asText(""));
        JsonNode data = body.path("data").isObject() ? body.get("data") : null;
        String content = body.path("content").asText(data == null ? "" : joined(data));
        require(!content.isEmpty(), 9002, "Content is required.");
        Pattern form = CONTENT_FORMS.get(type);
        if (form == HOST) {
            content = HostNames.ascii(content);
        }
        if (form != null && !form.matcher(content).matches()) {
            throw invalid(CONTENT_ERRORS.get(type));
        }
        Integer priority = PRIORITIZED.contains(type) ? Integer.valueOf(priority(body)) : null;
        int ttl = body.path("ttl").asInt(1);
        require(
                ttl == 1 || (ttl >= 30 && ttl <= 86_400),
                9021,
                "Invalid TTL. Must be between 30 and 86,400 seconds, or 1 for Automatic.");
        boolean proxied = body.path("proxied").asBoolean(false);
        require(!proxied || DnsJson.PROXIABLE.contains(type), 9004, "This record type cannot be proxied.");
        List<String> tags = new ArrayList<>();
        body.path("tags").forEach(tag -> tags.add(tag.asText()));
        return new DnsRecord(
                id,
                name,
                type,
                content,
                priority,
                ttl,
                proxied,
                body.path("comment").asText(null),
                tags,
                data,
                null,
                createdOn,
                now);
    }

    /** The body of an update in part, completed from the record as it is. */
    static ObjectNode completed(ObjectNode body, ObjectNode current) {
        ObjectNode merged = current.deepCopy();
        if (body.has("content")) {
            merged.remove("data");
        } else if (body.has("data")) {
            merged.remove("content");
        }
        merged.setAll(body);
        return merged;
    }

    private static int priority(JsonNode body) {
        JsonNode priority = body.path("priority");
        require(
                priority.isIntegralNumber() && priority.asInt() >= 0 && priority.asInt() <= 65_535,
                9102,
                "Priority is required and must be between 0 and 65535.");
        return priority.asInt();
    }

    private static String name(Zone zone, String given) {
        String name = HostNames.ascii(given).replaceFirst("\\.$", "");
        require(!name.isEmpty() && name.length() <= 255, 9000, "DNS name is invalid.");
        if (name.equals("@")) {
            return zone.name();
        }
        return zone.contains(name) ? name : name + "." + zone.name();
    }

    private static String joined(JsonNode data) {
        List<String> parts = new ArrayList<>();
        data.forEach(part -> parts.add(part.asText()));
        return String.join(" ", parts);
    }

    private static void require(boolean condition, int code, String otherwise) {
        if (!condition) {
            throw invalid(new ErrorItem(code, otherwise));
        }
    }

    private static Refusal invalid(ErrorItem why) {
        return new Refusal(400, List.of(new ErrorItem(1004, "DNS Validation Error", "", List.of(why))), Map.of());
    }
}
