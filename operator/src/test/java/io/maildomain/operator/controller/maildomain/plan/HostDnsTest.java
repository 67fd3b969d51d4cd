package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.DnsFinding;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.DnsReport;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form that Cloudflare's report was seen in, and what it proves; and what DNS records prove. */
class HostDnsTest {

    private static final String IN = "in.example.com";
    private static final String OWN_SPF = "v=spf1 include:_spf.mx.cloudflare.net ~all";

    private static DnsRecord mx(String name) {
        return new DnsRecord("MX", name, "route1.mx.cloudflare.net", 10);
    }

    private static DnsRecord spf(String name, String policy) {
        return new DnsRecord("TXT", name, policy, 0);
    }

    private static HostDns found(String... codes) {
        List<DnsFinding> findings = Arrays.stream(codes)
                .map(code -> new DnsFinding(code, code + " record"))
                .toList();
        return HostDns.of(IN, new DnsReport(DnsReport.Form.FINDINGS, List.of(mx(IN)), findings));
    }

    private static HostDns stands(DnsRecord... records) {
        return HostDns.ofRecords(IN, List.of(records));
    }

    // The object with findings.

    @ParameterizedTest
    @CsvSource({
        "mx.missing spf.missing, true,  false, false",
        "spf.missing,            true,  false, false",
        "mx.foreign,             false, true,  false",
        "spf.foreign,            false, false, true",
        "spf.multiple,           false, false, true",
        "dkim.missing,           false, false, false",
        "dmarc.what,             false, false, false",
    })
    void findingsTellWhatIsWrongAndWhatIsNot(String codes, boolean missing, boolean foreignMx, boolean foreignSpf) {
        HostDns dns = found(codes.split(" "));

        assertThat(dns.missing()).isEqualTo(missing);
        assertThat(dns.foreignMx()).isEqualTo(foreignMx);
        assertThat(dns.foreignSpf()).isEqualTo(foreignSpf);
        assertThat(dns.foreign()).isEqualTo(foreignMx || foreignSpf);
        assertThat(dns.unclear()).isFalse();
    }

    @Test
    void noFindingIsAnAnswerAsWell() {
        assertThat(found()).isEqualTo(new HostDns(IN, false, false, false, ""));
    }

    /** Such a policy is not missing and not foreign, and names whom it likes besides. */
    @Test
    void aPolicyOfSomebodyThatNamesEmailRoutingIsNoFinding() {
        assertThat(found("mx.missing").otherSpf()).isEqualTo(Known.UNKNOWN);
        assertThat(found("mx.missing").unclear()).isTrue();
    }

    // The plain list, and all else.

    @Test
    void aListOfRecordsSaysWhatIsNeededAndProvesNothing() {
        for (List<DnsRecord> records :
                List.of(List.of(mx(IN), spf(IN, OWN_SPF)), List.of(mx("@")), List.<DnsRecord>of())) {
            HostDns dns = HostDns.of(IN, new DnsReport(DnsReport.Form.RECORDS, records, List.of()));

            assertThat(dns).isEqualTo(HostDns.unknown(IN));
            assertThat(dns.missing()).isFalse();
            assertThat(dns.unclear()).isTrue();
        }
    }

    @Test
    void anyOtherAnswerProvesNothingEither() {
        assertThat(HostDns.of(IN, new DnsReport(DnsReport.Form.OTHER, List.of(mx(IN)), List.of())))
                .isEqualTo(HostDns.unknown(IN));
    }

    // The settings speak of the domain's own records.

    @ParameterizedTest
    @CsvSource({
        "true,  misconfigured,        YES",
        "true,  ready,                NO",
        "true,  misconfigured/locked, NO",
        "true,  unlocked,             UNKNOWN",
        "true,  brand-new,            UNKNOWN",
        "false, ready,                UNKNOWN",
        "false, misconfigured,        UNKNOWN",
    })
    void whereNobodyElseSaysTheSettingsDo(boolean on, String status, Known missing) {
        RoutingSettings settings = new RoutingSettings(on, status, "example.com", false);

        assertThat(HostDns.unknown("example.com").withSettings(settings).lacks())
                .isEqualTo(missing);
        assertThat(found("mx.missing", "spf.missing").withSettings(settings).lacks())
                .isEqualTo(Known.YES);
    }

    // DNS records prove everything.

    @Test
    void recordsOfEmailRoutingAloneAreWhole() {
        assertThat(stands(mx("IN.example.com"), spf(IN, '"' + OWN_SPF + '"')))
                .isEqualTo(new HostDns(IN, false, false, false, ""));
    }

    @Test
    void noneAreMissingAndNotForeign() {
        HostDns dns = stands(mx("example.com"), new DnsRecord("A", "example.com", "192.0.2.1", 0));

        assertThat(dns.missing()).isTrue();
        assertThat(dns.missingRecords()).isEqualTo("MX in.example.com, SPF in.example.com");
        assertThat(dns.foreign()).isFalse();
        assertThat(dns.unclear()).isFalse();
    }

    @Test
    void mxOfOthersAreForeignAndSoIsTheRefusalOfAllMail() {
        assertThat(stands(new DnsRecord("MX", IN, "mx.elsewhere.example.", 5)).foreignRecords())
                .isEqualTo("MX in.example.com 5 mx.elsewhere.example.");
        assertThat(stands(new DnsRecord("MX", IN, ".", 0)).foreignMx()).isTrue();
        assertThat(stands(new DnsRecord("MX", IN, "evil-mx.cloudflare.net.elsewhere.example", 0))
                        .foreignMx())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=spf1 include:_spf.google.com -all",
                "v=spf1 include:_spf.mx.cloudflare.net include:mailgun.org ~all",
                "V=SPF1 INCLUDE:_spf.mx.cloudflare.net ip4:192.0.2.0/24",
                "\"v=spf1 include:_spf.mx.cloudflare.net\" \" include:mailgun.org ~all\"",
                "v=spf1 -all",
                "v=spf1",
            })
    void aPolicyThatNamesOthersIsForeignWhetherItNamesEmailRoutingOrNot(String policy) {
        assertThat(stands(mx(IN), spf(IN, policy)).foreignSpf()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"google-site-verification=abc", "v=DMARC1; p=none", "spf"})
    void otherTextsAreNone(String text) {
        assertThat(stands(mx(IN), spf(IN, OWN_SPF), spf(IN, text)).foreign()).isFalse();
    }

    @Test
    void aWildcardSpeaksForAHostThatHasNoRecords() {
        DnsRecord wild = new DnsRecord("MX", "*.example.com", "mx.elsewhere.example", 5);

        assertThat(stands(wild).foreignMx()).isTrue();
        assertThat(stands(wild, mx(IN)).foreignMx()).isFalse();
    }

    // Words.

    @Test
    void theWordsNameAtMostThreeForeignRecordsAndTheMissingOnesApart() {
        HostDns dns = found("mx.missing", "mx.foreign", "spf.foreign", "spf.multiple");
        assertThat(dns.foreignRecords()).isEqualTo("mx.foreign record, spf.foreign record, spf.multiple record");
        assertThat(dns.missingRecords()).isEqualTo("mx.missing record");

        HostDns nameless = HostDns.of(IN, new DnsReport(List.of(), List.of(new DnsFinding("mx.foreign", ""))));
        assertThat(nameless.foreignRecords()).isEqualTo("mx.foreign");
    }

    @Test
    void ofTwoPoliciesTheOneThatIsTooManyIsNamed() {
        HostDns dns = HostDns.of(
                IN,
                new DnsReport(
                        List.of(),
                        List.of(
                                new DnsFinding("spf.multiple", "TXT " + IN + " " + OWN_SPF),
                                new DnsFinding("spf.multiple", "TXT " + IN + " v=spf1 include:mailgun.org -all"))));

        assertThat(dns.foreignRecords()).isEqualTo("TXT in.example.com v=spf1 include:mailgun.org -all");
    }

    @Test
    void whatOneSourceLeavesOpenAnotherMayKnow() {
        HostDns known = found("mx.missing").or(stands(spf(IN, "v=spf1 include:mailgun.org -all")));

        assertThat(known.missing()).isTrue();
        assertThat(known.foreignSpf()).isTrue();
        assertThat(known.foreignMx()).isFalse();
        assertThat(known.foreignRecords()).contains("mailgun.org");
        assertThat(HostDns.unknown(IN).or(HostDns.unknown(IN))).isEqualTo(HostDns.unknown(IN));
    }
}
