package io.maildomain.simulator.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A DNS record of a zone.
 *
 * @param priority of MX, SRV and URI records; null on others
 * @param data the parts of a structured record; null where it has none
 * @param routingHost the host for which Email Routing put this record here; null: another user's record
 */
public record DnsRecord(
        String id,
        String name,
        String type,
        String content,
        Integer priority,
        int ttl,
        boolean proxied,
        String comment,
        List<String> tags,
        JsonNode data,
        String routingHost,
        Instant createdOn,
        Instant modifiedOn) {

    public DnsRecord {
        id = id == null ? Ids.next() : id;
        name = HostNames.ascii(Required.text(name, "a DNS record's name"));
        type = Required.text(type, "a DNS record's type");
        content = content == null ? "" : content;
        ttl = ttl <= 0 ? 1 : ttl;
        tags = tags == null ? List.of() : List.copyOf(tags);
        data = data == null || data.isNull() ? null : data;
    }

    /** A record of nothing but the essentials. */
    public static DnsRecord plain(
            String name, String type, String content, Integer priority, String routingHost, Instant now) {
        return new DnsRecord(null, name, type, content, priority, 1, false, null, null, null, routingHost, now, now);
    }

    @JsonIgnore
    public boolean isMx() {
        return type.equals("MX");
    }

    /** Whether it states a sender policy (SPF). */
    @JsonIgnore
    public boolean isSpf() {
        return type.equals("TXT") && text().toLowerCase(Locale.ROOT).startsWith("v=spf1");
    }

    /** A TXT record's text without the quotes that clients may send. */
    public String text() {
        return content.length() >= 2 && content.startsWith("\"") && content.endsWith("\"")
                ? content.substring(1, content.length() - 1)
                : content;
    }

    /** Whether the other record says the same under the same name. */
    public boolean saysTheSameAs(DnsRecord other) {
        return name.equals(other.name)
                && type.equals(other.type)
                && text().equals(other.text())
                && Objects.equals(priority, other.priority);
    }
}
