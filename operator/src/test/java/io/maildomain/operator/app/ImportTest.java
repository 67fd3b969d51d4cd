package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maildomain.operator.controller.offline.VariedZones;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.limits.RateLimit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb {@code import} against the simulator: what it writes, what it prints, and with which code it ends. */
class ImportTest {

    private static final String TOKEN = "a-token-that-this-test-minted-0123456789-mine";
    private static final String MAIL =
            "{\"routing\":true,\"rules\":[{\"address\":\"a@%s\",\"drop\":true}],\"catch_all\":{\"worker\":\"mailbox\"}}";

    /** As many as a token may send in two seconds, so that a test can wait for them. */
    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withRateLimit(RateLimit.of("50/2s")));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void mint() {
        simulator
                .controls()
                .putToken("mine", JsonNodeFactory.instance.objectNode().put("value", TOKEN));
        simulator.controls().putToken("mine", ScenarioDsl.runtimeRights());
    }

    @AfterEach
    void stop() {
        assertThat(simulator.controls().calls()).allMatch(call -> call.method().equals("GET"));
        simulator.close();
        assertThat(out + "" + err).doesNotContain(TOKEN);
    }

    @Test
    void namedDomainsGoToTheStandardOutputOneAfterAnother() {
        zone("example.com");
        zone("bücher.example");

        assertThat(run("import", "example.com", "bücher.example")).isZero();

        assertThat(out.toString())
                .contains("  domain: example.com\n", "  name: xn--bcher-kva-example\n", "kind: CatchAllRule")
                .contains("# xn--bcher-kva.example (bücher.example): zone ");
        assertThat(err.toString().lines())
                .containsExactly(
                        "[1/2] example.com: managed, 1 rule, a catch-all",
                        "[2/2] xn--bcher-kva.example: managed, 1 rule, a catch-all",
                        "2 managed");
    }

    @Test
    void allDomainsGetAFileEachAndWhatWasNeverUsedGetsNone() throws IOException {
        zone("example.com");
        simulator.controls().putZone("parked.example", "{}");
        simulator
                .controls()
                .putZone(
                        "off.example", "{\"routing\":false,\"rules\":[{\"address\":\"a@off.example\",\"drop\":true}]}");

        assertThat(run("import", "--all", "-o", folder.toString(), "-n", "post", "--account-ref", "acme"))
                .isZero();

        assertThat(files()).containsExactly("example-com.yaml", "off-example.yaml");
        assertThat(read("example-com.yaml")).contains("  namespace: post\n", "    accountRef:\n      name: acme\n");
        assertThat(read("off-example.yaml")).contains("  mode: Observe\n");
        assertThat(err.toString())
                .contains("parked.example: without Email Routing, not written")
                .endsWith("1 managed, 1 only observed, 1 without Email Routing, not written\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aSecondRunGoesOnWhereTheFirstOneStoppedAndReadsNothingTwice() throws IOException {
        zone("a.example");
        zone("b.example");
        simulator.controls().failNext("GET", "rules", Fault.status(503));

        assertThat(run("import", "--all", "-o", folder.toString())).isEqualTo(1);
        assertThat(files()).containsExactly("b-example.yaml");
        assertThat(err.toString()).contains("[1/2] a.example: failed: ").contains("1 managed, 1 failed");

        Files.writeString(folder.resolve("b-example.yaml"), "# edited\n");
        simulator.controls().clearCalls();
        assertThat(run("import", "--all", "-o", folder.toString())).isZero();
        assertThat(read("b-example.yaml")).isEqualTo("# edited\n");
        assertThat(read("a-example.yaml")).contains("domain: a.example");
        assertThat(simulator.controls().calls()).hasSizeLessThanOrEqualTo(4);

        assertThat(run("import", "--all", "-o", folder.toString(), "--overwrite"))
                .isZero();
        assertThat(read("b-example.yaml")).contains("domain: b.example");
    }

    @Test
    void jsonSaysWhatBecameOfEachDomain() throws IOException {
        zone("example.com");

        assertThat(run("import", "--all", "-o", folder.toString(), "--output", "json"))
                .isZero();

        JsonNode line =
                new ObjectMapper().readTree(out.toString()).path("domains").path(0);
        assertThat(line.path("domain").asText()).isEqualTo("example.com");
        assertThat(line.path("outcome").asText()).isEqualTo("Managed");
        assertThat(line.path("file").asText()).isEqualTo("example-com.yaml");
        assertThat(line.path("rules").asInt()).isEqualTo(1);
        assertThat(line.path("catchAll").asBoolean()).isTrue();
    }

    @Test
    void twoDomainsThatHaveOneNameWithDashesAreNamedWithTheirDots() throws IOException {
        zone("a-b.example");
        zone("a.b.example");

        assertThat(run("import", "--all", "-o", folder.toString())).isZero();

        assertThat(files()).containsExactly("a-b.example.yaml", "a.b.example.yaml");
        assertThat(read("a.b.example.yaml")).contains("  name: a.b.example\n");
    }

    @Test
    void whatNoMailDomainCanBeAboutIsSaid() {
        simulator.controls().putZone("partial.example", "{\"type\":\"partial\"}");

        assertThat(run("import", "partial.example", "nowhere.example", "no_domain"))
                .isEqualTo(1);

        assertThat(err.toString())
                .contains("partial.example: not supported: ")
                .contains("nowhere.example: not supported: the token sees no zone of this name")
                .contains("no_domain: not supported: it is no domain that a MailDomain can be about")
                .endsWith("3 not supported\n");
    }

    @Test
    void manyZonesStayWithinTheBudgetWithAListForEach() throws IOException {
        new VariedZones(new Random(7)).put(simulator.controls(), 25);

        assertThat(run("import", "--all", "-o", folder.toString())).isZero();

        assertThat(simulator.controls().calls()).noneMatch(call -> call.status() == 429);
        assertThat(simulator.controls().callCounts().entrySet().stream()
                        .filter(count -> count.getKey().endsWith("/rules")))
                .singleElement()
                // Twice for zones with subdomains, whose records are asked for once it is known which they are.
                .satisfies(count -> assertThat(count.getValue()).isBetween(25L, 50L));
    }

    @Test
    void whatWasImportedLeavesTerraformWithoutBeingDestroyed() throws IOException {
        zone("example.com");
        simulator
                .controls()
                .putZone(
                        "off.example", "{\"routing\":false,\"rules\":[{\"address\":\"a@off.example\",\"drop\":true}]}");
        String rule = simulator
                .controls()
                .zone("example.com")
                .orElseThrow()
                .rules()
                .get(0)
                .id();
        String zone = simulator.controls().zone("example.com").orElseThrow().id();
        Path state = Files.writeString(folder.resolve("state.json"), """
                {"values":{"root_module":{"resources":[
                  {"address":"cloudflare_email_routing_rule.a","mode":"managed","type":"cloudflare_email_routing_rule",
                   "values":{"id":"%1$s","zone_id":"%2$s"}},
                  {"address":"cloudflare_email_routing_rule.other","mode":"managed","type":"cloudflare_email_routing_rule",
                   "values":{"id":"of-another-zone","zone_id":"other"}},
                  {"address":"cloudflare_zone.example","mode":"managed","type":"cloudflare_zone","values":{"id":"%2$s"}}],
                 "child_modules":[{"resources":[
                  {"address":"module.mail[\\"x\\"].cloudflare_email_routing_catch_all.all[0]","mode":"managed",
                   "type":"cloudflare_email_routing_catch_all","values":{"zone_id":"%2$s"}},
                  {"address":"module.mail[\\"x\\"].cloudflare_email_routing_settings.each[\\"here\\"]","mode":"managed",
                   "type":"cloudflare_email_routing_settings","values":{"zone_id":"%2$s"}},
                  {"address":"module.mail[\\"x\\"].cloudflare_email_routing_settings.each[\\"there\\"]","mode":"managed",
                   "type":"cloudflare_email_routing_settings","values":{"zone_id":"other"}}]}]}}}""".formatted(rule, zone));
        Path manifests = folder.resolve("manifests");

        assertThat(run("import", "--all", "-o", manifests.toString(), "--terraform", state.toString()))
                .isZero();
        String first = Files.readString(manifests.resolve("terraform-removed.tf"));

        assertThat(first)
                .contains("removed {\n  from = cloudflare_email_routing_rule.a\n\n  lifecycle {\n    destroy = false\n")
                .contains("from = module.mail.cloudflare_email_routing_catch_all.all\n")
                .contains("# terraform state rm 'module.mail[\"x\"].cloudflare_email_routing_settings.each[\"here\"]'")
                .doesNotContain("other", "there", "cloudflare_zone");

        Files.delete(manifests.resolve("terraform-removed.tf"));
        assertThat(run("import", "--all", "-o", manifests.toString(), "--terraform", state.toString()))
                .isZero();
        assertThat(Files.readString(manifests.resolve("terraform-removed.tf"))).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import | --all",
                "import --all example.com | --all",
                "import a.example --account-ref=x --secret-ref=y | exclude each other",
                "import a.example --secret-dir=x --account=y | exclude each other",
                "import a.example --output=json | -o DIR"
            })
    void aWrongCallIsExplainedInOneLineWithExitCodeTwo(String arguments, String words) {
        assertThat(run(arguments.strip().split(" "))).isEqualTo(2);

        assertThat(err.toString().lines()).singleElement().asString().contains(words.strip());
    }

    @Test
    void withoutATokenAndWithAWrongOneItSaysWhatToDo() {
        assertThat(run(Map.of(), "import", "--all")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        "error: no token in the environment: set CLOUDFLARE_RUNTIME_API_TOKEN or CLOUDFLARE_API_TOKEN\n");

        err.getBuffer().setLength(0);
        assertThat(run(Map.of("CLOUDFLARE_API_TOKEN", "0123456789012345678901234567890123456789"), "import", "--all"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("error: ").contains("CLOUDFLARE_API_TOKEN of the environment");
    }

    private void zone(String name) {
        simulator.controls().putZone(name, MAIL.formatted(name));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private int run(String... arguments) {
        return run(Map.of("CLOUDFLARE_API_TOKEN", TOKEN, "CLOUDFLARE_ACCOUNT_ID", simulator.accountId()), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--cloudflare-api-base-url=" + simulator.apiUri());
        all.add("--dns-checks=false");
        all.add("--requests-per-window=50");
        all.add("--window=2s");
        return Main.commandLine(OperatorAssembly::new, environment::get)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
