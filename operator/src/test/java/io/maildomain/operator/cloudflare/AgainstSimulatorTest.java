package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the simulator, under both readings of what sources about Cloudflare disagree on. */
class AgainstSimulatorTest {
    private static final String UNKNOWN = "ffffffffffffffffffffffffffffffff";

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final CloudflareClients clients = new CloudflareClients(
            FakeCloudflare.settings(simulator.apiUri().toString()),
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            () -> true);
    private final Cloudflare client = clients.forToken(ApiToken.of(simulator.startToken()));

    @AfterEach
    void stop() {
        clients.close();
        simulator.close();
    }

    private void reading(String quirk, String reading) {
        simulator.controls().quirks(java.util.Map.of(quirk, reading));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "deprecated-calls-gone, no",
        "deprecated-calls-gone, 404",
        "deprecated-calls-gone, 405",
        "deprecated-calls-gone, 410",
        "dns-form, array",
        "dns-form, object",
        "no-route-status, 404",
    })
    void aDomainIsMadeAndUndone(String quirk, String reading) {
        reading(quirk, reading);
        simulator.controls().putAddress("team@corp.example", true);
        simulator.controls().putWorker("mailbox");

        Zone zone = client.createZone("example.com", simulator.accountId());
        assertThat(zone.status()).isEqualTo("pending");
        assertThat(zone.everActive()).isFalse();
        assertThat(client.zonesNamed("example.com").zones()).containsExactly(zone);
        assertThat(client.zones()).contains(zone);
        assertThat(client.zone(zone.id())).isEqualTo(zone);

        assertThat(client.routing(zone.id()).enabled()).isFalse();
        client.enableRouting(zone.id());
        assertThat(client.routing(zone.id()).enabled()).isTrue();
        assertThat(client.setSubaddressing(zone.id(), true).subaddressing()).isTrue();
        client.addSubdomain(zone.id(), "in.example.com");
        assertThat(client.routingDns(zone.id()).findings()).isEmpty();
        assertThat(client.routingDns(zone.id(), "in.example.com").findings()).isEmpty();
        assertThat(client.dnsRecords(zone.id())).isNotEmpty();

        RuleDraft draft = new RuleDraft(
                "support",
                true,
                3,
                List.of(Matcher.to("support@example.com")),
                List.of(RuleAction.forwardTo("team@corp.example")));
        RoutingRule rule = client.createRule(zone.id(), draft);
        RuleDraft changed = new RuleDraft("support", false, 4, draft.matchers(), List.of(RuleAction.worker("mailbox")));
        assertThat(client.updateRule(zone.id(), rule.id(), changed).enabled()).isFalse();
        CatchAll catchAll = client.putCatchAll(zone.id(), new CatchAllDraft("all", true, List.of(RuleAction.drop())));
        assertThat(client.catchAll(zone.id())).isEqualTo(catchAll);
        RuleList list = client.rules(zone.id());
        assertThat(list.rules()).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo(rule.id());
            assertThat(it.actions()).isEqualTo(changed.actions());
        });
        assertThat(list.listedCatchAll()).contains(catchAll);

        client.deleteRule(zone.id(), rule.id());
        assertThat(failing(() -> client.deleteRule(zone.id(), rule.id())).ruleMissing())
                .isTrue();
        client.removeSubdomain(zone.id(), "in.example.com");
        client.disableRouting(zone.id());
        assertThat(client.routing(zone.id()).enabled()).isFalse();
        client.deleteZone(zone.id());
        assertThat(client.zonesNamed("example.com").zones()).isEmpty();
        assertThat(failing(() -> client.zone(zone.id())).zoneMissing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascii", "unicode", "unicode-everywhere"})
    void namesHaveOneFormHoweverCloudflareWritesThem(String reading) {
        reading("zone-names", reading);
        String name = "xn--bcher-kva.example";

        Zone zone = client.createZone(name, simulator.accountId());

        assertThat(zone.name()).isEqualTo(name);
        assertThat(client.zonesNamed(name).zones()).containsExactly(zone);
        assertThat(client.zone(zone.id())).isEqualTo(zone);
        assertThat(client.zones()).containsExactly(zone);
        client.enableRouting(zone.id());
        assertThat(client.routing(zone.id()).name()).isEqualTo(name);
        client.addSubdomain(zone.id(), "in." + name);
        assertThat(client.routingDns(zone.id(), "in." + name).records())
                .extracting(DnsRecord::name)
                .contains("in." + name);
        assertThat(client.dnsRecords(zone.id()))
                .extracting(DnsRecord::name)
                .contains(name, "cf2024-1._domainkey.in." + name);
        client.createRule(
                zone.id(), new RuleDraft("", true, 0, List.of(Matcher.to("a@" + name)), List.of(RuleAction.drop())));
        assertThat(client.rules(zone.id()).rules()).singleElement().satisfies(rule -> assertThat(rule.matchers())
                .containsExactly(Matcher.to("a@" + name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9109", "7003"})
    void aZoneThatIsNotThereSaysSoOnEveryRoute(String reading) {
        reading("unknown-zone", reading);

        assertThat(failing(() -> client.zone(UNKNOWN)).zoneMissing()).isTrue();
        assertThat(failing(() -> client.routing(UNKNOWN)).zoneMissing()).isTrue();
        assertThat(failing(() -> client.rules(UNKNOWN)).zoneMissing()).isTrue();
        assertThat(failing(() -> client.enableRouting(UNKNOWN)).zoneMissing()).isTrue();
        assertThat(failing(() -> client.deleteZone(UNKNOWN)).zoneMissing()).isTrue();
    }

    @Test
    void aListOfSeveralPagesIsReadToTheLast() {
        String zone = client.createZone("example.com", simulator.accountId()).id();
        client.enableRouting(zone);
        IntStream.range(0, 120)
                .forEach(i -> client.createRule(
                        zone,
                        new RuleDraft(
                                "",
                                true,
                                0,
                                List.of(Matcher.to("a" + i + "@example.com")),
                                List.of(RuleAction.drop()))));
        simulator.controls().clearCalls();

        RuleList list = client.rules(zone);

        assertThat(list.rules()).hasSize(120);
        assertThat(list.listedCatchAll()).isPresent();
        assertThat(simulator.controls().calls()).hasSize(3);
    }

    @Test
    void everyDeployRightIsProbedAndTheAccountIsSeen() {
        String zone = client.createZone("example.com", simulator.accountId()).id();
        for (DeployProbe probe : DeployProbe.values()) {
            client.probe(probe, probe.ofZone() ? zone : simulator.accountId());
        }
        assertThat(client.accounts()).extracting(AccountSummary::id).containsExactly(simulator.accountId());
        assertThat(client.verifyToken().status()).isEqualTo("active");
    }

    @Test
    void eachRuntimeRightThatIsMissingIsNamedByTheDiagnosis() {
        Zone zone = client.createZone("example.com", simulator.accountId());
        for (Permission missing : Permission.of(Surface.RUNTIME)) {
            String[] others = Permission.of(Surface.RUNTIME).stream()
                    .filter(right -> right != missing)
                    .map(Permission::describe)
                    .toArray(String[]::new);
            ApiToken token = ApiToken.of(
                    simulator.controls().putToken("without-" + missing, others).value());
            Cloudflare limited = clients.forToken(token);

            CloudflareException exception = failing(() -> {
                limited.createZone("without-" + missing.ordinal() + ".com", simulator.accountId());
                limited.enableRouting(zone.id());
                limited.rules(zone.id());
            });

            DiagnosisContext context =
                    new DiagnosisContext("example.com", "CLOUDFLARE_API_TOKEN", "Secret a/b", "", "");
            assertThat(Catalogue.diagnose(exception, context))
                    .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.PermissionMissing))
                    .satisfies(it -> assertThat(it.message()).contains("add " + missing.describe()));
        }
    }

    @Test
    void anUnknownTokenOpensTheBreaker() {
        Cloudflare stranger = clients.forToken(ApiToken.of("nobody-knows-this-token-0123456789-012345678"));

        CloudflareException refused = failing(() -> stranger.zones());
        CloudflareException postponed = failing(() -> stranger.zones());

        assertThat(Catalogue.diagnose(refused, new DiagnosisContext("", "", "", "", ""))
                        .reason())
                .isEqualTo(Reason.TokenInvalid);
        assertThat(postponed.failure()).isInstanceOf(Failure.Postponed.class);
    }
}
