package io.maildomain.operator.trace.plan;

import io.maildomain.operator.cloudflare.DnsFinding;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.DnsReport;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the MX records of a host lead. They are all that counts for mail that comes in: an SPF record is about mail that goes out.
 *
 * @param routed whether records of Email Routing's are there
 * @param shared whether there are records of others
 * @param others these, in words; "" where there are none, or they are not known
 */
public record MailHost(Known routed, Known shared, String others) {

    private static final int NAMED = 3;

    /** Nothing is known. */
    public static MailHost unknown() {
        return new MailHost(Known.UNKNOWN, Known.UNKNOWN, "");
    }

    /** What Email Routing's own report proves: only its list of findings proves anything. */
    public static MailHost of(DnsReport report) {
        if (report.form() != DnsReport.Form.FINDINGS) {
            return unknown();
        }
        List<DnsFinding> foreign = report.findings().stream()
                .filter(finding -> finding.code().equals("mx.foreign"))
                .toList();
        boolean missing =
                report.findings().stream().anyMatch(finding -> finding.code().equals("mx.missing"));
        return new MailHost(
                Known.of(!missing),
                Known.of(!foreign.isEmpty()),
                foreign.stream().map(DnsFinding::record).distinct().limit(NAMED).collect(Collectors.joining(", ")));
    }

    /** What records prove that a name server gave for the host. */
    public static MailHost ofRecords(List<DnsRecord> records) {
        return ofHosts(records.stream()
                .filter(record -> record.type().equals("MX"))
                .map(DnsRecord::content)
                .toList());
    }

    /** @param exchangers the hosts that the MX records name */
    public static MailHost ofHosts(List<String> exchangers) {
        List<String> foreign = exchangers.stream()
                .filter(host -> !HostDns.isEmailRoutings(host))
                .distinct()
                .toList();
        return new MailHost(
                Known.of(exchangers.stream().anyMatch(HostDns::isEmailRoutings)),
                Known.of(!foreign.isEmpty()),
                foreign.stream().limit(NAMED).collect(Collectors.joining(", ")));
    }

    /** The domain's own name, whose records the settings speak of as well: where no other source said, they do. */
    MailHost withSettings(RoutingSettings settings) {
        return settings.isPlainlyReady() ? or(new MailHost(Known.YES, Known.UNKNOWN, "")) : this;
    }

    /** What this leaves open, the other may know. */
    MailHost or(MailHost other) {
        return new MailHost(routed.or(other.routed), shared.or(other.shared), others.isEmpty() ? other.others : others);
    }
}
