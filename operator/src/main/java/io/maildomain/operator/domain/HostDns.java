package io.maildomain.operator.domain;

import io.maildomain.operator.cloudflare.DnsFinding;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.DnsReport;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What Cloudflare says of one host's mail records.
 *
 * @param name the whole name, such as {@code in.example.com}
 * @param missing records that Email Routing needs are not there
 * @param foreignMx mail of this host goes to somebody else today
 * @param foreignSpf an SPF record that is not Email Routing's
 * @param words the foreign records in words, for the message
 */
record HostDns(String name, boolean missing, boolean foreignMx, boolean foreignSpf, String words) {

    /** The zone's own name, which Cloudflare's answers may also call {@code @}. */
    static HostDns ofApex(String name, DnsReport report) {
        List<DnsRecord> named = report.records().stream()
                .map(dns ->
                        dns.name().equals("@") ? new DnsRecord(dns.type(), name, dns.content(), dns.priority()) : dns)
                .toList();
        return of(name, new DnsReport(named, report.findings()));
    }

    static HostDns of(String name, DnsReport report) {
        boolean foreignMx = has(report, "mx.foreign");
        boolean foreignSpf = has(report, "spf.foreign") || has(report, "spf.multiple");
        boolean hasMx = report.records().stream()
                .anyMatch(dns -> "MX".equals(dns.type()) && dns.name().equalsIgnoreCase(name));
        boolean missing = has(report, "mx.missing") || has(report, "spf.missing") || (noFindings(report) && !hasMx);
        return new HostDns(name, missing, foreignMx, foreignSpf, foreignWords(report));
    }

    boolean foreign() {
        return foreignMx || foreignSpf;
    }

    private static boolean has(DnsReport report, String code) {
        return report.findings().stream().anyMatch(finding -> code.equals(finding.code()));
    }

    /** The answer's array form lists records and no findings: then only the records tell. */
    private static boolean noFindings(DnsReport report) {
        return report.findings().isEmpty();
    }

    private static String foreignWords(DnsReport report) {
        List<DnsFinding> foreign = report.findings().stream()
                .filter(finding ->
                        finding.code().endsWith(".foreign") || finding.code().endsWith(".multiple"))
                .toList();
        return foreign.stream()
                .map(finding -> finding.record().isBlank() ? finding.code() : finding.record())
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
    }
}
