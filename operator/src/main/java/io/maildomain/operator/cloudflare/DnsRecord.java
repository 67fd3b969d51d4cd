package io.maildomain.operator.cloudflare;

/**
 * A DNS record.
 *
 * @param name the host, or {@code @} for the apex in what Email Routing answers
 * @param priority of an MX record; 0 for others
 */
public record DnsRecord(String type, String name, String content, int priority) {
    public DnsRecord {
        type = Text.orEmpty(type);
        name = Text.orEmpty(name);
        content = Text.orEmpty(content);
    }
}
