package com.example.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.junit.CloudflareSimulatorExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test as another project writes it, in a package of its own; simulator/README.md shows its imports and its tests. */
class SupportAddressTest {

    @RegisterExtension
    static final CloudflareSimulatorExtension CLOUDFLARE = new CloudflareSimulatorExtension()
            .seededBy(others -> others.putZone("example.com", "{\"routing\": true}"))
            .seededBy(others -> others.putAddress("team@corp.example", true));

    @Test
    void mailToSupportGoesToTheTeam(Simulator simulator, Controls others) throws Exception {
        String zone = others.zone("example.com").orElseThrow().id();

        new Addresses(simulator.apiUri(), simulator.startToken())
                .forward(zone, "support@example.com", "team@corp.example");

        assertThat(others.mail("support@example.com").outcome()).isEqualTo("forwarded to team@corp.example");
    }

    @Test
    void aFailureOfCloudflaresIsTriedAgain(Simulator simulator, Controls others) throws Exception {
        String zone = others.zone("example.com").orElseThrow().id();
        others.failNext("POST", "/email/routing/rules$", Fault.status(503));

        new Addresses(simulator.apiUri(), simulator.startToken())
                .forward(zone, "support@example.com", "team@corp.example");

        assertThat(others.calls()).extracting(SeenCall::status).containsExactly(503, 200);
    }

    /** What is tested. */
    private record Addresses(URI api, String token) {

        void forward(String zone, String address, String destination) throws IOException, InterruptedException {
            HttpRequest create = HttpRequest.newBuilder(URI.create(api + "/zones/" + zone + "/email/routing/rules"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("""
                            {"enabled": true,
                             "matchers": [{"type": "literal", "field": "to", "value": "%s"}],
                             "actions": [{"type": "forward", "value": ["%s"]}]}""".formatted(address, destination)))
                    .build();
            int status = 503;
            for (int attempt = 0; attempt < 2 && status >= 500; attempt++) {
                status = HttpClient.newHttpClient()
                        .send(create, BodyHandlers.discarding())
                        .statusCode();
            }
        }
    }
}
