package io.maildomain.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.DnsFinding;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.DnsReport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostDnsTest {

    private static final String IN = "in.example.com";

    private static DnsRecord mx(String name) {
        return new DnsRecord("MX", name, "route1.mx.cloudflare.net", 10);
    }

    private static HostDns found(String... codes) {
        List<DnsFinding> findings = Arrays.stream(codes)
                .map(code -> new DnsFinding(code, code + " record"))
                .toList();
        return HostDns.of(IN, new DnsReport(List.of(mx(IN)), findings));
    }

    private static HostDns listed(DnsRecord... records) {
        return HostDns.of(IN, new DnsReport(List.of(records), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "mx.missing,   true,  false, false",
        "spf.missing,  true,  false, false",
        "mx.foreign,   false, true,  false",
        "spf.foreign,  false, false, true",
        "spf.multiple, false, false, true",
        "dkim.missing, false, false, false",
        "dmarc.what,   false, false, false",
    })
    void findingsTellWhatIsWrong(String code, boolean missing, boolean foreignMx, boolean foreignSpf) {
        HostDns dns = found(code);

        assertThat(dns.missing()).isEqualTo(missing);
        assertThat(dns.foreignMx()).isEqualTo(foreignMx);
        assertThat(dns.foreignSpf()).isEqualTo(foreignSpf);
        assertThat(dns.foreign()).isEqualTo(foreignMx || foreignSpf);
    }

    @Test
    void aListWithAnMxOfTheHostIsWhole() {
        assertThat(listed(mx(IN)).missing()).isFalse();
        assertThat(listed(mx("IN.example.com")).missing()).isFalse();
    }

    @Test
    void aListWithoutOneIsNot() {
        assertThat(listed().missing()).isTrue();
        assertThat(listed(mx("example.com")).missing()).isTrue();
        assertThat(listed(new DnsRecord("TXT", IN, "v=spf1", 0)).missing()).isTrue();
    }

    @Test
    void theZonesOwnNameMayBeWrittenAsAnAt() {
        DnsReport report = new DnsReport(List.of(mx("@")), List.of());

        assertThat(HostDns.ofApex("example.com", report).missing()).isFalse();
        assertThat(HostDns.of(IN, report).missing()).isTrue();
    }

    @Test
    void theWordsNameAtMostThreeForeignRecordsAndNoMissingOnes() {
        HostDns dns = found("mx.missing", "mx.foreign", "spf.foreign", "spf.multiple");
        assertThat(dns.words()).isEqualTo("mx.foreign record, spf.foreign record, spf.multiple record");

        HostDns nameless = HostDns.of(IN, new DnsReport(List.of(), List.of(new DnsFinding("mx.foreign", ""))));
        assertThat(nameless.words()).isEqualTo("mx.foreign");
    }
}
