package io.maildomain.operator.cloudflare;

import java.util.List;

/**
 * What Cloudflare says of routing's DNS records of a host.
 *
 * @param records the records that routing needs there
 * @param findings what is wrong; empty where Cloudflare answers with the plain list of records
 */
public record DnsReport(List<DnsRecord> records, List<DnsFinding> findings) {
    public DnsReport {
        records = List.copyOf(records);
        findings = List.copyOf(findings);
    }
}
