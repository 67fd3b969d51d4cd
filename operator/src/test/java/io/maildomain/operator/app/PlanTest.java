package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.faults.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb {@code plan} against the simulator: what it prints, and with which code it ends. */
class PlanTest {

    private static final String DOMAIN = """
            apiVersion: maildomain.io/v1alpha1
            kind: MailDomain
            metadata: {name: example-com, namespace: mail}
            spec:
              domain: example.com
              rules:
            """;

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void aZone() {
        simulator.controls().putZone("example.com", """
                        {"routing": true, "rules": [
                          {"address": "a@example.com", "forward_to": "team@corp.example", "name": "mail/example-com [mdo:us]"},
                          {"address": "b@example.com", "drop": true, "name": "mail/example-com [mdo:us]"}]}""");
    }

    @AfterEach
    void stop() {
        assertThat(simulator.controls().calls()).allMatch(call -> call.method().equals("GET"));
        simulator.close();
    }

    @Test
    void nothingToDoEndsWithZero() throws IOException {
        write("example-com.yaml", DOMAIN + rule("a", "forwardTo: team@corp.example") + rule("b", "drop: true"));

        assertThat(plan()).isZero();

        assertThat(out.toString()).isEqualTo("no changes\n");
    }

    @Test
    void changesThatWaitEndWithTwoAndSayWhoLosesMail() throws IOException {
        write("sub/example-com.yml", DOMAIN + rule("b", "worker: mailbox"));
        write("other.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: mail}\n---\n");

        assertThat(plan()).isEqualTo(2);

        assertThat(out.toString()).isEqualTo("""
                        example.com: 1 address stops receiving, 1 address starts receiving
                          - update rule b@example.com -> Worker mailbox
                          - delete rule a@example.com
                          > mail to a@example.com goes to team@corp.example, then is refused
                          > mail to b@example.com is dropped, then goes to Worker mailbox

                        changes of 1 domain: 1 address stops receiving, 1 address starts receiving
                        """);
    }

    @Test
    void markdownIsForAComment() throws IOException {
        write("example-com.yaml", DOMAIN + rule("b", "worker: my_worker"));

        assertThat(plan("-o", "markdown")).isEqualTo(2);

        assertThat(out.toString())
                .startsWith("### Mail: changes of 1 domain: 1 address stops receiving, 1 address starts receiving\n")
                .contains("\n- delete rule a@example.com\n")
                .contains("| b@example.com | is dropped | goes to Worker my\\_worker |\n");
    }

    @Test
    void wordsOfOthersAreNeitherMarkupNorDoTheyMoveTheCursor() throws IOException {
        simulator.controls().putZone("example.com", """
                        {"routing": true, "catch_all": {"worker": "all"},
                         "rules": [{"address": "b\\u001b[2J|<b>@example.com", "worker": "x", "enabled": false}]}""");
        write("example-com.yaml", DOMAIN.replace("  rules:\n", "  rules: []\n") + """
                        ---
                        apiVersion: maildomain.io/v1alpha1
                        kind: CatchAllRule
                        metadata: {name: all, namespace: mail}
                        spec: {domainRef: {name: example-com}, action: {worker: my_worker}}
                        """);

        assertThat(plan()).isEqualTo(2);
        assertThat(plan("-o", "markdown")).isEqualTo(2);

        assertThat(out.toString())
                .doesNotContain("\u001b")
                .contains("  > mail to b?[2j|<b>@example.com goes to Worker all, then goes to Worker my_worker\n")
                .contains("| b?\\[2j\\|\\<b\\>@example.com | goes to Worker all |")
                .contains(
                        "### Mail: changes of 1 domain: 1 address changes its reader, mail that no rule names goes to Worker my\\_worker");
    }

    @Test
    void jsonIsForMachines() throws IOException {
        write("example-com.yaml", DOMAIN + rule("b", "drop: true"));

        assertThat(plan("-o", "json")).isEqualTo(2);

        JsonNode line = new ObjectMapper().readTree(out.toString()).path(0);
        assertThat(line.path("domain").asText()).isEqualTo("example.com");
        assertThat(line.path("losesMail").asBoolean()).isTrue();
        assertThat(line.path("changes").path(0).asText()).isEqualTo("delete rule a@example.com");
        assertThat(line.path("mail").path("stop").path(0).path("after").asText())
                .isEqualTo("is refused");
    }

    @Test
    void aCatchAllRuleBelongsToItsMailDomain() throws IOException {
        write("all.yaml", DOMAIN + rule("a", "forwardTo: team@corp.example") + rule("b", "drop: true") + """
                        ---
                        apiVersion: maildomain.io/v1alpha1
                        kind: CatchAllRule
                        metadata: {name: all, namespace: mail}
                        spec: {domainRef: {name: example-com}, action: {drop: true}}
                        """);

        assertThat(plan()).isEqualTo(2);

        assertThat(out.toString()).contains("- set the catch-all to drop", "mail that no rule names is dropped");
    }

    @Test
    void whatIsPlannedOtherwiseThanItMayBeMeantIsSaid() throws IOException {
        String same = DOMAIN + rule("a", "forwardTo: team@corp.example") + rule("b", "drop: true");
        write("one.yaml", same);
        write("two.yaml", same.replace("name: example-com", "name: other"));
        write("all.yaml", """
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {name: all, namespace: elsewhere}
                spec: {domainRef: {name: example-com}, action: {drop: true}}
                """);

        plan();

        assertThat(err.toString().lines())
                .containsExactly(
                        "CatchAllRule elsewhere/all is not planned: its MailDomain is not in the files",
                        "MailDomain mail/example-com is planned as if no other one was for example.com",
                        "MailDomain mail/other is planned as if no other one was for example.com");
    }

    @Test
    void whatCannotBeFoundOutEndsWithOne() throws IOException {
        write("example-com.yaml", DOMAIN + rule("b", "drop: true"));
        simulator.controls().failNext("GET", "rules", Fault.status(503));

        assertThat(plan()).isEqualTo(1);

        assertThat(out.toString()).startsWith("example.com: ").endsWith("no changes\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forwardto: team@corp.example | the action of a@example.com",
                "{forwardTo: team@corp.example, drop: true} | the action of a@example.com",
                "[ | is no manifest"
            })
    void aManifestThatTheApiServerWouldRefuseEndsWithOne(String action, String words) throws IOException {
        write("example-com.yaml", DOMAIN + rule("a", action));

        assertThat(plan()).isEqualTo(1);

        assertThat(err.toString().lines()).singleElement().asString().contains("example-com.yaml", words);
    }

    @Test
    void wrongUsageEndsWithOneForTwoMeansThatChangesWait() {
        assertThat(run("plan")).isEqualTo(1);
        assertThat(run("plan", "-f", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("there is no MailDomain in what -f names");
    }

    private static String rule(String local, String action) {
        String whole = action.startsWith("{") || action.startsWith("[") ? action : "{" + action + "}";
        return "  - {address: " + local + "@example.com, action: " + whole + "}\n";
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private int plan(String... more) {
        List<String> all = new ArrayList<>(List.of("plan", "-f", folder.toString()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--cloudflare-api-base-url=" + simulator.apiUri());
        all.add("--dns-checks=false");
        Map<String, String> environment =
                Map.of("CLOUDFLARE_API_TOKEN", simulator.startToken(), "CLOUDFLARE_ACCOUNT_ID", simulator.accountId());
        return Main.commandLine(OperatorAssembly::new, environment::get)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
