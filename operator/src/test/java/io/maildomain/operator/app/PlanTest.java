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
import org.junit.jupiter.params.provider.ValueSource;

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

    private boolean watched;
    private String token = simulator.startToken();

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

    /** GitHub refuses a comment of more than 65,536 characters, as a whole. */
    @Test
    void markdownThatIsTooLongForACommentSaysWhatIsLeftOut() throws IOException {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            rules.append("  - {address: %s%d@long.example, action: {forwardTo: %s@corp.example}}\n"
                    .formatted("a".repeat(60), i, "b".repeat(60)));
        }
        write("a.yaml", DOMAIN.replace("example-com", "long").replace("example.com", "long.example") + rules);
        write("example-com.yaml", DOMAIN + rule("b", "drop: true"));

        assertThat(plan("-o", "markdown")).isEqualTo(2);

        assertThat(out.toString())
                .hasSizeLessThan(65_536)
                .contains("- delete rule a@example.com\n")
                .endsWith("\n1 of 2 are left out, since a comment has no room for them: see -o text.\n");
    }

    @Test
    void markdownBeginsWithWhatLosesMail() throws IOException {
        write(
                "a.yaml",
                DOMAIN.replace("example-com", "added").replace("example.com", "added.example")
                        + "  - {address: a@added.example, action: {drop: true}}\n");
        write("example-com.yaml", DOMAIN + rule("b", "drop: true"));

        assertThat(plan("-o", "markdown")).isEqualTo(2);

        assertThat(out.toString()).containsSubsequence("**example.com**", "**added.example**");
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

        assertThat(plan()).isEqualTo(1);

        assertThat(out.toString())
                .startsWith("CatchAllRule elsewhere/all: its MailDomain is not in the files\n")
                .endsWith("1 of 3 could not be planned in full\n");
        assertThat(err.toString().lines())
                .containsExactly(
                        "MailDomain mail/example-com is planned as if no other one was for example.com",
                        "MailDomain mail/other is planned as if no other one was for example.com");
    }

    @Test
    void whatCannotBeFoundOutEndsWithOne() throws IOException {
        write("example-com.yaml", DOMAIN + rule("b", "drop: true"));
        simulator.controls().failNext("GET", "rules", Fault.status(503));

        assertThat(plan()).isEqualTo(1);

        assertThat(out.toString())
                .startsWith("example.com: ")
                .endsWith("1 of 1 could not be planned in full\n")
                .doesNotContain("no changes");
    }

    /** A token for pull requests is to have no right to write. */
    @Test
    void whereARightIsMissingTheOneToReadIsNamed() throws IOException {
        write("example-com.yaml", DOMAIN + rule("b", "drop: true"));
        token = simulator
                .controls()
                .putToken("reader", "Zone: Zone: Read", "Zone: Zone Settings: Read")
                .value();

        assertThat(plan()).isEqualTo(1);

        assertThat(out.toString())
                .contains("add Zone: Email Routing Rules: Read")
                .doesNotContain("Edit");
    }

    @Test
    void noChangesIsNotSaidAboveWhatCouldNotBePlanned() throws IOException {
        write("example-com.yaml", DOMAIN + rule("a", "forwardTo: team@corp.example") + rule("b", "drop: true"));
        write(
                "zz-other.yaml",
                DOMAIN.replace("example-com", "other").replace("example.com", "other.example")
                        + "  - {address: a@other.example, action: {drop: true}}\n");
        simulator.controls().putZone("other.example", "{\"type\": \"partial\"}");

        assertThat(plan("-o", "markdown")).isEqualTo(1);
        assertThat(out.toString()).startsWith("### Mail: 1 of 2 could not be planned in full\n");

        out.getBuffer().setLength(0);
        assertThat(plan("-o", "json")).isEqualTo(1);
        JsonNode lines = new ObjectMapper().readTree(out.toString());
        assertThat(lines.path(0).path("waits").isBoolean()).isTrue();
        assertThat(lines.path(1).path("waits").isNull()).isTrue();
        assertThat(lines.path(1).path("losesMail").isNull()).isTrue();
    }

    @Test
    void theCatchAllsNameTellsTheInstallationWhereNoRulesNameDoes() throws IOException {
        simulator.controls().putZone("example.com", """
                        {"routing": true, "rules": [{"address": "a@example.com", "drop": true}],
                         "catch_all": {"worker": "mailbox", "name": "mail/all [mdo:us]"}}""");
        write("all.yaml", DOMAIN + rule("a", "drop: true") + """
                        ---
                        apiVersion: maildomain.io/v1alpha1
                        kind: CatchAllRule
                        metadata: {name: all, namespace: mail}
                        spec: {domainRef: {name: example-com}, action: {drop: true}}
                        """);

        assertThat(plan()).isEqualTo(2);

        assertThat(out.toString()).isEqualTo("""
                        example.com: mail that no rule names is dropped
                          - set the catch-all to drop

                        changes of 1 domain: mail that no rule names is dropped
                        """);
    }

    @Test
    void theOnlyMarkInTheZoneIsTakenForTheOneAlsoWhereTheNamespaceIsAnother() throws IOException {
        write("example-com.yaml", DOMAIN.replace(", namespace: mail", "") + rule("b", "drop: true"));

        assertThat(plan()).isEqualTo(2);

        assertThat(out.toString())
                .contains(
                        "  - delete rule a@example.com\n",
                        "  ! planned for the installation us, whose mark is the only one here",
                        "say -n or --owner-id\n");

        out.getBuffer().setLength(0);
        assertThat(plan("-n", "mail")).isEqualTo(2);
        assertThat(out.toString()).contains("  - delete rule a@example.com\n").doesNotContain("!");
    }

    @Test
    void amongTheMarksOfSeveralInstallationsTheUserHasToChoose() throws IOException {
        simulator.controls().putZone("example.com", """
                        {"routing": true, "rules": [
                          {"address": "a@example.com", "drop": true, "name": "mail/example-com [mdo:us]"},
                          {"address": "b@example.com", "drop": true, "name": "mail/example-com [mdo:them]"}]}""");
        write("example-com.yaml", DOMAIN.replace("  rules:\n", "  rules: []\n"));

        assertThat(plan()).isEqualTo(1);
        assertThat(out.toString()).startsWith("example.com: ").contains("(them, us): say with --owner-id");

        out.getBuffer().setLength(0);
        assertThat(plan("--owner-id", "us")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "  - delete rule a@example.com\n",
                        "  ? what is named \"mail/example-com [mdo:them]\" has the mark of another installation")
                .doesNotContain("delete rule b@");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forwardto: team@corp.example | there is no field spec.rules[0].action.forwardto",
                "{forwardTo: team@corp.example, drop: true} | the action of a@example.com",
                "[ | is no manifest"
            })
    void aManifestThatTheApiServerWouldRefuseEndsWithOne(String action, String words) throws IOException {
        write("example-com.yaml", DOMAIN + rule("a", action));

        assertThat(plan()).isEqualTo(1);

        assertThat(err.toString().lines()).singleElement().asString().contains("example-com.yaml", words);
    }

    /** Who proposes a change chooses the names; a line that begins with "::" is a command to some who run a plan. */
    @ParameterizedTest
    @ValueSource(strings = {"name: %s, namespace: mail", "name: example-com, namespace: %s"})
    void namesOfManifestsMoveNoCursorAndMakeNoLine(String metadata) throws IOException {
        write(
                "example-com.yaml",
                DOMAIN.replace("name: example-com, namespace: mail", metadata.formatted("\"a\\e[2J\\n::add-mask::x\""))
                        + rule("b", "drop: true"));

        assertThat(plan()).isEqualTo(1);

        assertThat(out + "" + err)
                .contains("is missing or none that the API server takes")
                .doesNotContain("\u001b");
        assertThat((out + "" + err).lines()).noneMatch(line -> line.startsWith("::"));
    }

    @Test
    void howFarItIsShowsABarWhereAPersonWatchesAndLinesElsewhere() throws IOException {
        for (int i = 0; i < 12; i++) {
            write(
                    i + ".yaml",
                    DOMAIN.replace("example-com", "d" + i)
                            .replace("example.com", "d" + i + ".example")
                            .replace("  rules:\n", ""));
        }

        plan();
        assertThat(err.toString()).contains("[12/12] d9.example\n").doesNotContain("\r");

        err.getBuffer().setLength(0);
        watched = true;
        plan();
        assertThat(err.toString()).contains("\r[##########----------] 6/12 d").doesNotContain("\n");
        assertThat(afterTheCursorMoved(err.toString())).isBlank();
    }

    /** What is left in the last line of a terminal. */
    private static String afterTheCursorMoved(String printed) {
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (char each : printed.toCharArray()) {
            if (each == '\r') {
                column = 0;
            } else {
                line.replace(column, Math.min(line.length(), column + 1), String.valueOf(each));
                column++;
            }
        }
        return line.toString();
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
                Map.of("CLOUDFLARE_API_TOKEN", token, "CLOUDFLARE_ACCOUNT_ID", simulator.accountId());
        return Main.commandLine(OperatorAssembly::new, environment::get, watched)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
