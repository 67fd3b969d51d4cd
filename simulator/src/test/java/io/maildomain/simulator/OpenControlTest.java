package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may see more than Cloudflare's API. */
class OpenControlTest {

    private static final SimulatorOptions EVERYWHERE =
            SimulatorOptions.defaults().withHost("0.0.0.0");

    private static HttpResponse<String> fromOutside(Simulator simulator, String path) throws Exception {
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeThat(outside).as("a network besides the loopback one").isPresent();
        URI uri = URI.create("http://" + outside.get().getHostAddress() + ":"
                + simulator.baseUri().getPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void nobodyElseReachesControlPlaneAndPage() throws Exception {
        try (Simulator simulator = Simulator.start(EVERYWHERE)) {
            assertThat(fromOutside(simulator, "/_simulator/state"))
                    .returns(403, HttpResponse::statusCode)
                    .extracting(HttpResponse::body)
                    .asString()
                    .contains("only to this machine (--open-control");
            assertThat(fromOutside(simulator, "/").body()).doesNotContain("<html");
        }
    }

    @Test
    void inAContainerEverybodyDoesWhoReachesThePort() throws Exception {
        try (Simulator simulator = Simulator.start(EVERYWHERE.withOpenControl())) {
            assertThat(fromOutside(simulator, "/_simulator/state").statusCode()).isEqualTo(200);
            assertThat(fromOutside(simulator, "/").body()).contains("<html");
        }
    }
}
