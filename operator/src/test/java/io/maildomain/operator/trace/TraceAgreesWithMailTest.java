package io.maildomain.operator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.Egress;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.trace.plan.Destiny;
import io.maildomain.operator.trace.plan.MailTrace;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** What {@code trace} says becomes of a mail is what becomes of it: the simulator sends one and decides by code of its own. */
class TraceAgreesWithMailTest {

    private static final Simulator SIMULATOR = Simulator.start(SimulatorOptions.defaults());
    private static final CloudflareClients CLIENTS = new CloudflareClients(
            new ClientSettings(
                    SIMULATOR.apiUri(),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    1_000_000,
                    Duration.ofSeconds(300),
                    0,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    "trace-test",
                    Egress.usual()),
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            () -> false);
    private static final Tracer TRACER = new Tracer(
            CLIENTS.forToken(ApiToken.of(SIMULATOR.startToken())),
            PublicDns.OFF,
            domain -> Optional.empty(),
            (domain, makers) -> Map.of());
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static int zones;

    /** A zone as JSON for the control plane, with {@code ZONE} for its name, and what stands before and after the at of the address. */
    record Case(String zone, String local, String host) {}

    @AfterContainer
    static void stop() {
        CLIENTS.close();
        SIMULATOR.close();
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<String> zone = Combinators.combine(
                        Arbitraries.of("active", "active", "active", "active", "active", "pending", "moved"),
                        Arbitraries.of(true, true, false),
                        Arbitraries.of("[]", "[\"in\"]", "[\"in\",\"deep.in\"]"),
                        Arbitraries.of(true, false),
                        rules(),
                        action().tuple2(),
                        Arbitraries.of(true, false))
                .as((status, routing, subdomains, subaddressing, rules, last, catches) ->
                        ("{'status':'%s','routing':%s,'subdomains':%s,'support_subaddress':%s,'rules':[%s],"
                                        + "'catch_all':{'enabled':%s,%s}}")
                                .formatted(status, routing, subdomains, subaddressing, rules, catches, last.get1())
                                .replace('\'', '"'));
        return Combinators.combine(
                        zone,
                        Arbitraries.of("a", "b", "c", "a+x", "a+y", "b+x+z", "A", "+x"),
                        Arbitraries.of("", "", "in.", "deep.in.", "other."))
                .as(Case::new);
    }

    private static Arbitrary<String> rules() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "a+x", "B"),
                        Arbitraries.of("", "", "in.", "deep.in."),
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 2),
                        action())
                .as((local, host, enabled, priority, action) -> "{'address':'%s@%sZONE','enabled':%s,'priority':%d,%s}"
                        .formatted(local, host, enabled, priority, action))
                .list()
                .ofMaxSize(6)
                .map(all -> all.stream().collect(Collectors.joining(",")));
    }

    private static Arbitrary<String> action() {
        return Arbitraries.of(
                "'forward_to':'team@corp.example'",
                "'forward_to':'new@corp.example'",
                "'worker':'mailbox'",
                "'worker':'missing'",
                "'drop':true");
    }

    @Property(tries = 1000)
    void aTraceSaysWhatBecomesOfTheMail(@ForAll("cases") Case given) throws IOException, InterruptedException {
        String name = "zone-" + zones++ + ".example";
        SIMULATOR.controls().putAddress("team@corp.example", true);
        SIMULATOR.controls().putAddress("new@corp.example", false);
        SIMULATOR.controls().putWorker("mailbox");
        SIMULATOR.controls().putZone(name, given.zone().replace("ZONE", name));
        String address = given.local() + "@" + given.host() + name;

        MailTrace trace = TRACER.trace(Tracer.address(address).orElseThrow());
        JsonNode mail = sent(address);
        SIMULATOR.controls().removeZone(name);

        assertThat(List.of(outcome(trace.destiny()), trace.ruleId()))
                .as("%s: %s and %s", address, trace.hops(), mail)
                .isEqualTo(List.of(
                        mail.path("outcome").asText(), mail.path("rule_id").asText()));
    }

    /** In the simulator's words. Whether a destination is verified and a Worker there, no trace can know. */
    private static String outcome(Destiny destiny) {
        if (destiny instanceof Destiny.Forwarded forwarded) {
            return forwarded.to().equals("team@corp.example") ? destiny.words() : "rejected";
        }
        if (destiny instanceof Destiny.Handed handed) {
            return handed.worker().equals("mailbox") ? destiny.words() : "rejected";
        }
        return destiny instanceof Destiny.Elsewhere ? "not Cloudflare's affair" : destiny.words();
    }

    private static JsonNode sent(String address) throws IOException, InterruptedException {
        URI control =
                SIMULATOR.baseUri().resolve("/_simulator/mail/" + URLEncoder.encode(address, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(control)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
