package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressesTest {

    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void ofSeveralAddressesThePublicOnesAreAsked() throws UnknownHostException {
        Dns both = host -> List.of(address("10.0.0.1"), address("104.16.0.1"));

        assertThat(new PublicAddresses(both, LONG).lookup("api.example.com")).containsExactly(address("104.16.0.1"));
    }

    @Test
    void aResolverThatDoesNotAnswerHoldsItsCallerNoLongerThanItMay() {
        CountDownLatch never = new CountDownLatch(1);
        Dns silent = host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                // As the system's resolver, which nothing interrupts.
            }
            return List.of();
        };
        PublicAddresses addresses = new PublicAddresses(silent, MOMENT);

        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> addresses.lookup("api.example.com"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageMatching("no answer in time|too many look-ups are under way");
        }
        never.countDown();
    }

    @Test
    void whatTheResolverSaysIsNotPassedOn() {
        Dns broken = host -> {
            throw new UnknownHostException("resolver 10.96.0.10 says no");
        };

        assertThatThrownBy(() -> new PublicAddresses(broken, LONG).lookup("api.example.com"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageNotContaining("10.96");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "0.0.0.0, false",
        "::1, false",
        "fd00::1, false",
        "fe80::1, false",
        "0.1.2.3, false",
        "100.100.100.200, false",
        "100.128.0.1, true",
        "192.0.0.192, false",
        "198.18.0.1, false",
        "198.20.0.1, true",
        "255.255.255.255, false",
        "64:ff9b::a9fe:a9fe, false",
        "64:ff9b:1::1, false",
        "2002:a9fe:a9fe::1, false",
        "2001::1, false",
        "::ffff:10.0.0.1, false",
        "2001:4860:4860::8888, true",
        "104.16.0.1, true",
        "2606:4700::1, true"
    })
    void onlyPublicAddressesAreAsked(String address, boolean asked) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isEqualTo(asked);
    }
}
