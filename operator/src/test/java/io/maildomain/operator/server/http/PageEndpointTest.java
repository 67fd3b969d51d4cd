package io.maildomain.operator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.operator.config.PageAudience;
import io.maildomain.operator.server.http.HttpEndpoints.Page;
import io.maildomain.operator.server.http.HttpEndpoints.Sources;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for people: who is served it, and by which rules a browser shows it. */
class PageEndpointTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final AtomicInteger looks = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private volatile UnaryOperator<String> html = query -> "<p>" + query + "</p>";
    private volatile Runnable looking = () -> {};
    private HttpEndpoints endpoints;

    private void serve(PageAudience audience) throws IOException {
        endpoints = HttpEndpoints.start(
                0,
                new Sources(
                        () -> ProbeResult.pass("ok"),
                        () -> ProbeResult.pass("ok"),
                        () -> "",
                        () -> Meta.of("1", Map.of()),
                        new Page(
                                audience,
                                () -> {
                                    looks.incrementAndGet();
                                    looking.run();
                                    return html;
                                },
                                "p {}")));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        endpoints.close();
    }

    private Socket ask(String address, String request) throws IOException {
        Socket socket = new Socket(address, endpoints.port());
        sockets.add(socket);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String get(String address, String target, String... headers) throws IOException {
        return answer(ask(address, "GET " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n"));
    }

    private String fromHere(String target) throws IOException {
        return get(LOOPBACK, target, "Host: localhost:8080");
    }

    /** An address of this machine that is not the loopback's, as a Pod has one. */
    private static Optional<String> ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    @Test
    void withoutBeingAskedForThereIsNoPage() throws IOException {
        serve(PageAudience.NONE);

        assertThat(fromHere("/")).startsWith("HTTP/1.1 404 ");
        assertThat(fromHere("/status.css")).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @EnumSource(
            value = PageAudience.class,
            names = {"LOCAL", "NETWORK"})
    void thePageIsAnsweredByItsQuery(PageAudience audience) throws IOException {
        serve(audience);

        assertThat(fromHere("/?page=2&find=a%20b")).startsWith("HTTP/1.1 200 ").endsWith("<p>page=2&find=a%20b</p>");
        assertThat(fromHere("/")).endsWith("<p></p>");
        assertThat(fromHere("/?page=2#domains")).endsWith("<p>page=2</p>");
    }

    @Test
    void theBrowserIsToldToLoadAndRunNothingElse() throws IOException {
        serve(PageAudience.LOCAL);

        assertThat(fromHere("/").split("\r\n"))
                .contains(
                        "Content-Type: text/html; charset=utf-8",
                        "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none';"
                                + " frame-ancestors 'none'",
                        "X-Frame-Options: DENY",
                        "Referrer-Policy: no-referrer",
                        "X-Content-Type-Options: nosniff",
                        "Cross-Origin-Resource-Policy: same-origin",
                        "Cross-Origin-Opener-Policy: same-origin",
                        "Cache-Control: no-store");
        assertThat(fromHere("/status.css"))
                .contains("Content-Type: text/css; charset=utf-8")
                .endsWith("p {}");
    }

    @Test
    void thePageIsRead() throws IOException {
        serve(PageAudience.NETWORK);

        assertThat(answer(ask(LOOPBACK, "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .startsWith("HTTP/1.1 405 ");
        assertThat(answer(ask(LOOPBACK, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:9", "[::1]:8080", "[::1]"})
    void whoForwardsThePortIsServed(String host) throws IOException {
        serve(PageAudience.LOCAL);

        assertThat(get(LOOPBACK, "/", "Host: " + host)).startsWith("HTTP/1.1 200 ");
        assertThat(get(LOOPBACK, "/", "User-Agent: x", "host:" + host + " ")).startsWith("HTTP/1.1 200 ");
    }

    /** A page of another site can have its name lead to the reader's machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost.evil.example",
                "Host: evil.example:8080",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost:8080@evil.example",
                "Host:",
                "X-Host: localhost",
                "Host: localhost\r\nHost: evil.example"
            })
    void whoWasLedHereByAnotherNameIsNot(String headers) throws IOException {
        serve(PageAudience.LOCAL);

        assertThat(get(LOOPBACK, "/", headers)).startsWith("HTTP/1.1 403 ").contains("kubectl port-forward");
        assertThat(looks).hasValue(0);
    }

    /** An image of another site would have the page worked out over and over, and its loading time tells how much there is. */
    @ParameterizedTest
    @CsvSource({
        "cross-site, image, 403",
        "same-site, empty, 403",
        "cross-site, iframe, 403",
        "cross-site, , 403",
        "cross-site, document, 200",
        "same-origin, empty, 200",
        "none, document, 200"
    })
    void aPageOfAnotherSiteIsNotServedButItsReaderMayComeHere(String site, String destination, int status)
            throws IOException {
        for (PageAudience audience : List.of(PageAudience.LOCAL, PageAudience.NETWORK)) {
            serve(audience);
            looks.set(0);

            String answer = get(
                    LOOPBACK,
                    "/?find=a",
                    "Host: localhost",
                    "Sec-Fetch-Site: " + site,
                    destination == null ? "X: y" : "Sec-Fetch-Dest: " + destination);

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(looks).hasValue(status == 200 ? 1 : 0);
            endpoints.close();
        }
    }

    /** A page of another site could have it fetched in advance, over and over. */
    @Test
    void whatABrowserFetchesInAdvanceForAnotherSiteIsNotServed() throws IOException {
        serve(PageAudience.LOCAL);

        assertThat(get(
                        LOOPBACK,
                        "/",
                        "Host: localhost",
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Dest: document",
                        "Sec-Purpose: prefetch;prerender"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(looks).hasValue(0);
    }

    /** A body is none of the head. */
    @Test
    void whatStandsBehindTheHeadIsNoHeader() throws IOException {
        serve(PageAudience.LOCAL);

        assertThat(get(LOOPBACK, "/", "User-Agent: x", "", "Host: localhost")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void aPageThatFailsBadlyIsAskedForAgain() throws IOException {
        looking = () -> {
            throw new StackOverflowError();
        };
        serve(PageAudience.LOCAL);

        assertThat(fromHere("/")).startsWith("HTTP/1.1 500 ");
        looking = () -> {};
        assertThat(fromHere("/")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoComesOverTheNetworkIsServedOnlyWhereThatIsWanted() throws IOException {
        Optional<String> own = ownAddress();
        serve(PageAudience.LOCAL);
        Assumptions.assumeTrue(own.isPresent());

        assertThat(get(own.get(), "/", "Host: localhost")).startsWith("HTTP/1.1 403 ");
        assertThat(get(own.get(), "/healthz", "Host: x")).startsWith("HTTP/1.1 200 ");

        endpoints.close();
        serve(PageAudience.NETWORK);
        assertThat(get(own.get(), "/", "Host: x")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aPageThatFailsIsAnErrorThatTellsNothing() throws IOException {
        html = query -> {
            throw new IllegalStateException("hunter2");
        };
        serve(PageAudience.LOCAL);

        assertThat(fromHere("/")).startsWith("HTTP/1.1 500 ").doesNotContain("hunter2");
    }

    @Test
    void thoseThatAskTogetherCostOneLookAndEachGetsItsOwn() throws IOException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        looking = () -> {
            begun.countDown();
            waitFor(goOn);
        };
        serve(PageAudience.LOCAL);
        Socket first = ask(LOOPBACK, "GET /?first HTTP/1.1\r\nHost: localhost\r\n\r\n");
        waitFor(begun);
        List<Socket> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(ask(LOOPBACK, "GET /?" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        // Each of these is read before the probe, which comes last and is answered at once.
        assertThat(fromHere("/healthz")).startsWith("HTTP/1.1 200 ");
        goOn.countDown();

        assertThat(answer(first)).endsWith("<p>first</p>");
        for (int i = 0; i < 10; i++) {
            assertThat(answer(others.get(i))).endsWith("<p>" + i + "</p>");
        }
        assertThat(looks.get()).isBetween(2, 3);
    }

    /** Each answer is memory of its own: those who asked first and wait longest are sent away. */
    @Test
    void aPageThatIsStuckStopsNoProbe() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        serve(PageAudience.LOCAL);
        CountDownLatch begun = new CountDownLatch(1);
        looking = () -> {
            begun.countDown();
            waitFor(never);
        };
        ask(LOOPBACK, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        waitFor(begun);
        Socket longest = ask(LOOPBACK, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(fromHere("/healthz")).startsWith("HTTP/1.1 200 ");
        for (int i = 0; i < 80; i++) {
            ask(LOOPBACK, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(fromHere("/healthz")).startsWith("HTTP/1.1 200 "));
        assertThat(answer(longest)).startsWith("HTTP/1.1 503 ");
        never.countDown();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
