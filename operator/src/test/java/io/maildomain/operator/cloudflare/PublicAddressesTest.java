package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each block that is not public, at both of its ends, and what lies beside it. */
class PublicAddressesTest {

    @ParameterizedTest
    @CsvSource({
        // this network
        "0.0.0.0, 0.255.255.255",
        "10.0.0.0, 10.255.255.255",
        // shared by a provider's customers; some clouds and meshes number their nodes and pods so
        "100.64.0.0, 100.127.255.255",
        "127.0.0.0, 127.255.255.255",
        // link-local: metadata of clouds
        "169.254.0.0, 169.254.255.255",
        "172.16.0.0, 172.31.255.255",
        // IETF's protocols
        "192.0.0.0, 192.0.0.255",
        "192.0.2.0, 192.0.2.255",
        // relays of 6to4
        "192.88.99.0, 192.88.99.255",
        "192.168.0.0, 192.168.255.255",
        // benchmarks
        "198.18.0.0, 198.19.255.255",
        "198.51.100.0, 198.51.100.255",
        "203.0.113.0, 203.0.113.255",
        "224.0.0.0, 239.255.255.255",
        "240.0.0.0, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        // within IPv6, as it was and as it is
        "::10.0.0.1, ::104.16.0.1",
        "::ffff:0.0.0.0, ::ffff:127.0.0.1",
        "::ffff:100.64.0.1, ::ffff:192.168.1.1",
        // NAT64, by what it reaches
        "64:ff9b::a00:1, 64:ff9b::7f00:1",
        "64:ff9b::6440:1, 64:ff9b::a9fe:a9fe",
        // NAT64 of one network
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
        "100::, 100::ffff:ffff:ffff:ffff",
        // Teredo, ORCHID, benchmarks
        "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001::1, 2001:0:102:304::f5ff:fffe",
        "2001:2::, 2001:20::1",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        // 6to4
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002:a00:1::1, 2002:7f00:1::1",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
        "4000::, 5f00::1",
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void whatIsNotPublicIsNotAsked(String first, String last) {
        assertThat(List.of(first, last)).noneMatch(PublicAddressesTest::isPublic);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0.0, 9.255.255.255",
        "11.0.0.0, 100.63.255.255",
        "100.128.0.0, 126.255.255.255",
        "128.0.0.0, 169.253.255.255",
        "169.255.0.0, 172.15.255.255",
        "172.32.0.0, 191.255.255.255",
        "192.0.1.0, 192.0.1.255",
        "192.0.3.0, 192.88.98.255",
        "192.88.100.0, 192.167.255.255",
        "192.169.0.0, 198.17.255.255",
        "198.20.0.0, 198.51.99.255",
        "198.51.101.0, 203.0.112.255",
        "203.0.114.0, 223.255.255.255",
        "104.16.0.1, 172.67.1.1",
        "::ffff:104.16.0.1, ::ffff:1.1.1.1",
        "64:ff9b::6810:1, 64:ff9b::101:101",
        "2000::, 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:200::, 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db9::, 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2003::, 2606:4700::1",
        "2a06:98c1::1, 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff:1000::, 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void whatLiesBesideIsAsked(String first, String last) {
        assertThat(List.of(first, last)).allMatch(PublicAddressesTest::isPublic);
    }

    private static boolean isPublic(String address) {
        return PublicAddresses.isPublic(at(address));
    }

    private static InetAddress at(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNameIsAtThoseOfItsAddressesThatArePublic() throws UnknownHostException {
        Dns dns = name -> List.of(at("10.0.0.1"), at("104.16.0.1"), at("::1"), at("2606:4700::1"));

        assertThat(new PublicAddresses(dns).lookup("api.example.com"))
                .containsExactly(at("104.16.0.1"), at("2606:4700::1"));
    }

    @Test
    void aNameWithinTheClusterIsNowhereAndItsAddressIsNotTold() {
        assertThatThrownBy(() -> new PublicAddresses(name -> List.of(at("10.0.0.1"))).lookup("api.example.com"))
                .isInstanceOf(PublicAddresses.NoneIsPublic.class)
                .hasMessageNotContaining("10.0");
    }
}
