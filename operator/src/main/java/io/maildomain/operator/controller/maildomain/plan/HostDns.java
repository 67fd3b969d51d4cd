package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.operator.cloudflare.DnsFinding;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.DnsReport;
import io.maildomain.operator.cloudflare.RoutingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one host's mail records, and from what it is known. The forms of {@code GET …/email/routing/dns}, and
 * what each of them proves:
 *
 * <ul>
 *   <li>the object with findings: what it names is so, and what it does not name is not so; but a sender policy that names
 *       Email Routing and others as well is no finding of its;
 *   <li>the plain list, empty or not: what the host needs. It proves nothing, neither that it stands nor that nothing else
 *       does;
 *   <li>anything else, such as an object without findings and records: nothing.
 * </ul>
 *
 * <p>DNS records themselves, read at Cloudflare or asked at the zone's name servers, prove everything.
 *
 * @param name the whole name, such as {@code in.example.com}
 * @param lacks whether records that Email Routing needs are not there
 * @param otherMx whether mail of this host goes to another provider today
 * @param otherSpf whether there is an SPF record that is not Email Routing's own
 * @param foreignRecords the foreign records in words, for the message
 * @param missingRecords the missing records in words
 */
public record HostDns(
        String name, Known lacks, Known otherMx, Known otherSpf, String foreignRecords, String missingRecords) {

    private static final String OWN_MX = ".mx.cloudflare.net";
    private static final int NAMED = 3;

    /** Whether something is so. */
    public enum Known {
        YES,
        NO,
        /** No source said. */
        UNKNOWN;

        public static Known of(boolean holds) {
            return holds ? YES : NO;
        }

        public Known or(Known other) {
            return this == UNKNOWN ? other : this;
        }
    }

    /** All of it is known. */
    public HostDns(String name, boolean missing, boolean foreignMx, boolean foreignSpf, String foreignRecords) {
        this(name, Known.of(missing), Known.of(foreignMx), Known.of(foreignSpf), foreignRecords, "");
    }

    /** Nothing is known. */
    public static HostDns unknown(String name) {
        return new HostDns(name, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, "", "");
    }

    /** What Email Routing's own report proves. */
    public static HostDns of(String name, DnsReport report) {
        return report.form() == DnsReport.Form.FINDINGS ? ofFindings(name, report.findings()) : unknown(name);
    }

    private static HostDns ofFindings(String name, List<DnsFinding> findings) {
        boolean mxMissing = has(findings, "mx.missing");
        boolean spfMissing = has(findings, "spf.missing");
        boolean otherSpf = has(findings, "spf.foreign") || has(findings, "spf.multiple");
        // Where Email Routing is not on, a policy that names it was written by a user, and may name others.
        boolean unclearSpf = !otherSpf && mxMissing && !spfMissing;
        return new HostDns(
                name,
                Known.of(mxMissing || spfMissing),
                Known.of(has(findings, "mx.foreign")),
                unclearSpf ? Known.UNKNOWN : Known.of(otherSpf),
                describe(findings, HostDns::isForeign),
                describe(findings, finding -> finding.code().endsWith(".missing")));
    }

    /** What DNS records prove: those of the zone, or those that a name server gave for the host. */
    public static HostDns ofRecords(String name, List<DnsRecord> records) {
        List<DnsRecord> there = at(name, records);
        List<DnsRecord> mx =
                there.stream().filter(dns -> dns.type().equals("MX")).toList();
        List<DnsRecord> policies = there.stream()
                .filter(dns -> dns.type().equals("TXT") && SenderPolicy.isOne(dns.content()))
                .toList();
        boolean lacksMx = mx.stream().noneMatch(HostDns::isOwnMx);
        boolean lacksSpf = policies.stream()
                .noneMatch(dns -> dns.content().toLowerCase(Locale.ROOT).contains("_spf" + OWN_MX));
        List<DnsRecord> foreign = Stream.concat(
                        mx.stream().filter(dns -> !isOwnMx(dns)),
                        policies.stream().filter(dns -> !SenderPolicy.isEmailRoutings(dns.content())))
                .toList();
        List<String> missing = new ArrayList<>();
        if (lacksMx) {
            missing.add("MX " + name);
        }
        if (lacksSpf) {
            missing.add("SPF " + name);
        }
        return new HostDns(
                name,
                Known.of(lacksMx || lacksSpf),
                Known.of(foreign.stream().anyMatch(dns -> dns.type().equals("MX"))),
                Known.of(foreign.stream().anyMatch(dns -> dns.type().equals("TXT"))),
                foreign.stream().map(HostDns::describe).distinct().limit(NAMED).collect(Collectors.joining(", ")),
                String.join(", ", missing));
    }

    /** What this leaves open, the other may know. */
    public HostDns or(HostDns other) {
        String foreign = Stream.of(foreignRecords, other.foreignRecords)
                .filter(said -> !said.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return new HostDns(
                name,
                lacks.or(other.lacks),
                otherMx.or(other.otherMx),
                otherSpf.or(other.otherSpf),
                foreign() ? foreignRecords : foreign,
                missingRecords.isEmpty() ? other.missingRecords : missingRecords);
    }

    /** The domain's own name, whose records the settings speak of as well: where no other source said, they do. */
    public HostDns withSettings(RoutingSettings settings) {
        Known said =
                switch (settings.status()) {
                    case "misconfigured" -> Known.YES;
                    case "ready", "misconfigured/locked" -> Known.NO;
                    default -> Known.UNKNOWN;
                };
        Known missing = settings.enabled() ? lacks.or(said) : lacks;
        return new HostDns(name, missing, otherMx, otherSpf, foreignRecords, missingRecords);
    }

    public boolean missing() {
        return lacks == Known.YES;
    }

    boolean foreignMx() {
        return otherMx == Known.YES;
    }

    boolean foreignSpf() {
        return otherSpf == Known.YES;
    }

    public boolean foreign() {
        return foreignMx() || foreignSpf();
    }

    /** Whether it is not known that nothing of others stands there. */
    public boolean unclear() {
        return !foreign() && (otherMx == Known.UNKNOWN || otherSpf == Known.UNKNOWN);
    }

    private static boolean has(List<DnsFinding> findings, String code) {
        return findings.stream().anyMatch(finding -> code.equals(finding.code()));
    }

    /** Email Routing's own policy is named as well where there are two: it is not the one that is too many. */
    private static boolean isForeign(DnsFinding finding) {
        boolean about = finding.code().endsWith(".foreign") || finding.code().endsWith(".multiple");
        return about && !SenderPolicy.namesEmailRoutingsOwn(finding.record());
    }

    private static String describe(List<DnsFinding> findings, Predicate<DnsFinding> which) {
        return findings.stream()
                .filter(which)
                .map(finding -> finding.record().isBlank() ? finding.code() : finding.record())
                .distinct()
                .limit(NAMED)
                .collect(Collectors.joining(", "));
    }

    /** The records of the host; where it has none at all, those that a wildcard gives it. */
    private static List<DnsRecord> at(String name, List<DnsRecord> records) {
        List<DnsRecord> own = named(name, records);
        if (!own.isEmpty()) {
            return own;
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            List<DnsRecord> wild = named("*" + name.substring(dot), records);
            if (!wild.isEmpty()) {
                return wild;
            }
        }
        return List.of();
    }

    private static List<DnsRecord> named(String name, List<DnsRecord> records) {
        return records.stream().filter(dns -> dns.name().equalsIgnoreCase(name)).toList();
    }

    private static boolean isOwnMx(DnsRecord mx) {
        return isEmailRoutings(mx.content());
    }

    /** Whether mail that is sent to the host goes to Email Routing. */
    public static boolean isEmailRoutings(String exchanger) {
        return exchanger.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "").endsWith(OWN_MX);
    }

    private static String describe(DnsRecord dns) {
        String priority = dns.type().equals("MX") ? dns.priority() + " " : "";
        return dns.type() + " " + dns.name() + " " + priority + dns.content();
    }
}
