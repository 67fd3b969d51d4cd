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
import io.maildomain.simulator.state.Zone;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private boolean watched;

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
                .contains("  domain: example.com\n", "  name: xn--bcher-kva.example\n", "kind: CatchAllRule")
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

        String edited = "# edited\n" + read("b-example.yaml");
        Files.writeString(folder.resolve("b-example.yaml"), edited);
        simulator.controls().clearCalls();
        assertThat(run("import", "--all", "-o", folder.toString())).isZero();
        assertThat(read("b-example.yaml")).isEqualTo(edited);
        assertThat(read("a-example.yaml")).contains("domain: a.example");
        assertThat(simulator.controls().calls()).hasSizeLessThanOrEqualTo(4);

        assertThat(run("import", "--all", "-o", folder.toString(), "--overwrite"))
                .isZero();
        assertThat(read("b-example.yaml")).contains("domain: b.example").doesNotContain("edited");
    }

    /** To start again mends what failed; what the token may not read it does not. */
    @Test
    void aZoneWhoseRulesTheTokenMayNotReadIsToldFromOneThatFailed() throws IOException {
        zone("a.example");
        zone("b.example");
        simulator.controls().failNext("GET", "rules", Fault.status(503));
        String reader = simulator
                .controls()
                .putToken("reader", "Zone: Zone: Read", "Zone: Zone Settings: Read")
                .value();
        Map<String, String> environment =
                Map.of("CLOUDFLARE_API_TOKEN", reader, "CLOUDFLARE_ACCOUNT_ID", simulator.accountId());

        assertThat(run(environment, "import", "--all", "-o", folder.toString(), "--output", "json"))
                .isEqualTo(1);

        assertThat(new ObjectMapper().readTree(out.toString()).path("domains").findValuesAsText("outcome"))
                .containsExactly("Failed", "Denied");
        assertThat(err.toString())
                .contains("b.example: not readable with this token: ", "add Zone: Email Routing Rules: Read")
                .endsWith("1 not readable with this token, 1 failed\n");
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
    void jsonlSaysOfEachDomainInALineWhatBecameOfItAndHowFarItIs() throws IOException {
        zone("a.example");
        zone("b.example");
        simulator.controls().failNext("GET", "rules", Fault.status(503));

        assertThat(run("import", "--all", "-o", folder.toString(), "--output", "jsonl"))
                .isEqualTo(1);

        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .extracting(line -> line.path("done").asInt() + "/"
                        + line.path("of").asInt() + " " + line.path("domain").asText() + " "
                        + line.path("outcome").asText())
                .containsExactly("1/2 a.example Failed", "2/2 b.example Managed");
    }

    /** 500 zones would be 500 lines to read. */
    @Test
    void whereAPersonWatchesABarShowsHowFarItIsAndLinesWhatNeedsALook() {
        simulator.controls().putZone("d3.example", "{\"type\":\"partial\"}");
        IntStream.of(0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11).forEach(i -> zone("d" + i + ".example"));
        watched = true;

        assertThat(run("import", "--all", "-o", folder.toString())).isEqualTo(1);

        assertThat(err.toString())
                .contains("\r[#-------------------] 1/12 d0.example")
                .contains("d3.example: not supported: ")
                .doesNotContain("d4.example: managed")
                .endsWith("11 managed, 1 not supported\n");
        assertThat(err.toString().split("\n")).allSatisfy(line -> assertThat(line.substring(line.lastIndexOf('\r') + 1))
                .doesNotContain("[#"));
    }

    /** Both may be one terminal. */
    @Test
    void noBarIsDrawnBetweenManifestsThatArePrinted() {
        IntStream.range(0, 12).forEach(i -> zone("d" + i + ".example"));
        watched = true;

        assertThat(run("import", "--all")).isZero();
        assertThat(run("import", "--all", "-o", folder.toString(), "--output", "jsonl"))
                .isZero();

        assertThat(err.toString()).doesNotContain("\r").contains("[12/12] d9.example: managed");
    }

    @Test
    void aDomainIsNamedTheSameWhicheverOthersAreAskedFor() throws IOException {
        zone("a-b.example");
        zone("a.b.example");

        assertThat(run("import", "a-b.example", "-o", folder.toString())).isZero();
        assertThat(run("import", "a.b.example", "-o", folder.toString())).isZero();
        assertThat(run("import", "--all", "-o", folder.toString())).isZero();

        assertThat(files()).containsExactly("a-b-example.yaml", "a-b.example.yaml");
        assertThat(read("a-b.example.yaml")).contains("  name: a-b.example\n", "  domain: a-b.example\n");
        assertThat(read("a-b-example.yaml")).contains("  name: a-b-example\n", "  domain: a.b.example\n");
        assertThat(err.toString()).endsWith("2 written earlier\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: example-com}\n",
                "kind: MailDomain\nspec: {domain: other.example}\n",
                "",
                "{{ no manifest"
            })
    void aFileThatIsAboutSomethingElseIsNeitherTakenForTheDomainsNorWrittenOver(String content) throws IOException {
        zone("example.com");
        Files.writeString(folder.resolve("example-com.yaml"), content);

        assertThat(run("import", "example.com", "-o", folder.toString())).isEqualTo(1);
        assertThat(run("import", "example.com", "-o", folder.toString(), "--overwrite"))
                .isEqualTo(1);

        assertThat(read("example-com.yaml")).isEqualTo(content);
        assertThat(err.toString()).contains("failed: example-com.yaml is there, and has no MailDomain for example.com");
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
                {"format_version":"1.0","values":{"root_module":{"resources":[
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
                .contains(
                        "# stays in Terraform, do not take it out: cloudflare_email_routing_rule.other: its zone was not imported\n")
                .contains("do not take it out: module.mail[\"x\"].cloudflare_email_routing_settings.each[\"there\"]: ")
                .doesNotContain(
                        "from = cloudflare_email_routing_rule.other",
                        "rm 'module.mail[\"x\"].cloudflare_email_routing_" + "settings.each[\"there\"]",
                        "cloudflare_zone");

        Files.delete(manifests.resolve("terraform-removed.tf"));
        assertThat(run("import", "--all", "-o", manifests.toString(), "--terraform", state.toString()))
                .isZero();
        assertThat(Files.readString(manifests.resolve("terraform-removed.tf"))).isEqualTo(first);
    }

    @Test
    void whatStaysInTerraformIsNamedAndWhereNothingGoesOnlyThatIsSaid() throws IOException {
        simulator.controls().putZone("example.com", """
                        {"routing": true, "rules": [
                          {"address": "a@example.com", "drop": true},
                          {"address": "two@example.com",
                           "actions": [{"type": "forward", "value": ["one@corp.example", "two@corp.example"]}]}]}""");
        Zone zone = simulator.controls().zone("example.com").orElseThrow();
        String resource = """
                {"address":"cloudflare_email_routing_rule.%s","mode":"managed","type":"cloudflare_email_routing_rule",
                 "values":{"id":"%s","zone_id":"%s"}}""";
        String state = "{\"format_version\":\"1.0\",\"values\":{\"root_module\":{\"resources\":[%s]}}}";
        String a = resource.formatted("a", zone.rules().get(0).id(), zone.id());
        String two = resource.formatted("two", zone.rules().get(1).id(), zone.id());

        assertThat(removedBy(state.formatted(a + "," + two)))
                .contains("from = cloudflare_email_routing_rule.a\n", "Take these resources, and no others, out")
                .contains(
                        "# stays in Terraform, do not take it out: cloudflare_email_routing_rule.two: the manifest does not say it\n")
                .doesNotContain("from = cloudflare_email_routing_rule.two");

        assertThat(removedBy(state.formatted(two)))
                .isEqualTo("# Nothing in this state is the operator's now: take nothing out of your configuration.\n");

        // The file of the earlier run says nothing of a rule that has come since.
        simulator
                .controls()
                .putZone("example.com", "{\"rules\": [{\"address\": \"new@example.com\", \"drop\": true}]}");
        String since = simulator.controls().zone("example.com").orElseThrow().rules().stream()
                .map(rule -> resource.formatted("each", rule.id(), zone.id()))
                .collect(Collectors.joining(","));
        assertThat(removedBy(state.formatted(since))).startsWith("# Nothing in this state is the operator's now");
    }

    @Test
    void recordsOfASubdomainThatNoManifestNamesStayInTerraform() throws IOException {
        simulator.controls().putToken("mine", ScenarioDsl.runtimeRights("Zone: DNS: Read"));
        simulator.controls().putZone("example.com", """
                        {"routing": true, "subdomains": ["in", "notify"],
                         "rules": [{"address": "a@in.example.com", "drop": true}]}""");
        String zone = simulator.controls().zone("example.com").orElseThrow().id();
        String resource = """
                {"address":"cloudflare_email_routing_dns.%s","mode":"managed","type":"cloudflare_email_routing_dns",
                 "values":{"name":%s,"zone_id":"%s"}}""";
        String apex = resource.formatted("apex", null, zone);
        String in = resource.formatted("in", "\"in.example.com\"", zone);
        String notify = resource.formatted("notify", "\"notify.example.com\"", zone);

        String removed =
                removedBy("{\"format_version\":\"1.0\",\"values\":{\"root_module\":{\"resources\":[%s,%s,%s]}}}"
                        .formatted(apex, in, notify));

        assertThat(removed)
                .contains("from = cloudflare_email_routing_dns.apex\n", "from = cloudflare_email_routing_dns.in\n")
                .contains(
                        "# stays in Terraform, do not take it out: cloudflare_email_routing_dns.notify: the manifest does not"
                                + " name notify.example.com, so add it to spec.subdomains first\n")
                .doesNotContain("from = cloudflare_email_routing_dns.notify");
    }

    private String removedBy(String state) throws IOException {
        Path file = Files.writeString(folder.resolve("state.json"), state);
        Path manifests = folder.resolve("manifests");
        assertThat(run("import", "--all", "-o", manifests.toString(), "--terraform", file.toString()))
                .isZero();
        return Files.readString(manifests.resolve("terraform-removed.tf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":4,\"resources\":[]}",
                "{\"format_version\":\"1.0\",\"planned_values\":{\"root_module\":{}}}",
                "{\"format_version\":\"1.0\"}",
                "",
                "{"
            })
    void whatIsNoTerraformStateIsRefusedBeforeAnythingIsRead(String content) throws IOException {
        zone("example.com");
        Path state = Files.writeString(folder.resolve("state.json"), content);

        assertThat(run("import", "--all", "-o", folder.toString(), "--terraform", state.toString()))
                .isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("state.json is not what terraform show -json prints");
        assertThat(files()).containsExactly("state.json");
        assertThat(simulator.controls().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import | --all",
                "import --all example.com | --all",
                "import a.example --account-ref=x --secret-ref=y | exclude each other",
                "import a.example --secret-dir=x --account=y | exclude each other",
                "import a.example --output=json | -o DIR",
                "import a.example --output=jsonl | -o DIR"
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
        return Main.commandLine(OperatorAssembly::new, environment::get, watched)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
