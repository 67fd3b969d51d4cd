package io.maildomain.operator.cloudflare;

import java.util.List;

/**
 * What Cloudflare says of routing's DNS records of a host.
 *
 * @param form which of its forms the answer has: what it proves hangs on that
 * @param records the records that routing needs there
 * @param findings what is wrong; empty where Cloudflare answers with the plain list of records
 */
public record DnsReport(Form form, List<DnsRecord> records, List<DnsFinding> findings) {
    public DnsReport {
        records = List.copyOf(records);
        findings = List.copyOf(findings);
    }

    /** A plain list of records where nothing is found wrong, else the object. */
    public DnsReport(List<DnsRecord> records, List<DnsFinding> findings) {
        this(findings.isEmpty() ? Form.RECORDS : Form.FINDINGS, records, findings);
    }

    /** Cloudflare has none: that tells nothing of the records that stand. */
    static DnsReport none() {
        return new DnsReport(Form.OTHER, List.of(), List.of());
    }

    /** The forms that this answer was seen in. */
    public enum Form {
        /** A plain list of the records that the host needs; it may be empty. */
        RECORDS,
        /** An object that lists what is wrong, and the records that the host needs. */
        FINDINGS,
        /** Anything else, such as an object that lists nothing at all. */
        OTHER
    }
}
