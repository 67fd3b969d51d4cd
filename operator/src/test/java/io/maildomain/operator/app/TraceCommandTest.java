package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.fixture.ScenarioDsl;
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

/** {@code trace --secret-dir} against the simulator: what it prints, and with which code it ends. */
class TraceCommandTest {

    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withDnsPort(0));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void aZone() throws IOException {
        String token = simulator
                .controls()
                .putToken("mine", ScenarioDsl.runtimeRights())
                .value();
        Files.writeString(folder.resolve("CLOUDFLARE_RUNTIME_API_TOKEN"), token);
        simulator.controls().putZone("example.com", json("""
                {'routing':true,'subdomains':['in'],'support_subaddress':true,'rules':[
                  {'address':'shop@in.example.com','worker':'mailbox','name':'mail/example-com [mdo:test]'},
                  {'address':'old@example.com','enabled':false,'drop':true},
                  {'address':'gone@example.com','drop':true,'name':'by hand'},
                  {'address':'cfg@example.com','worker':'w','source':'wrangler'}],
                 'catch_all':{'enabled':false,'drop':true}}"""));
        simulator.controls().clearCalls();
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
        assertThat(out + "" + err)
                .doesNotContain(
                        Files.readString(folder.resolve("CLOUDFLARE_RUNTIME_API_TOKEN")), simulator.startToken());
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void aMailThatAWorkerGetsIsFollowedHopByHop() {
        assertThat(trace("Shop+Orders@IN.example.com")).isZero();

        assertThat(out.toString().lines())
                .contains(
                        "open     public DNS     not asked",
                        "ok       zone           zone example.com is active",
                        "ok       Email Routing  on for in.example.com",
                        "ok       rule           there is no rule for shop+orders@in.example.com; the rule for shop@in.example.com decides",
                        "ok       resource       the rule was created for the resource mail/example-com")
                .last()
                .isEqualTo("mail to shop+orders@in.example.com: handed to the Worker mailbox, as far as can be seen");
    }

    @Test
    void whatNobodyGetsEndsWithOneAndSaysWhy() {
        assertThat(trace("old@example.com")).isEqualTo(1);
        assertThat(out.toString())
                .contains("the rule for old@example.com is disabled; the catch-all is off", ": rejected");

        assertThat(trace("gone@example.com")).isEqualTo(1);
        assertThat(out.toString()).contains("another user or tool created the rule, \"by hand\"", ": dropped");

        assertThat(trace("shop@other.example.com")).isEqualTo(1);
        assertThat(out.toString()).contains("other.example.com has no MX record of Email Routing's");

        assertThat(trace("a@elsewhere.example")).isEqualTo(1);
        assertThat(out.toString()).contains("the token sees no zone that holds elsewhere.example");
    }

    @Test
    void aRuleThatWranglerKeepsIsNamedAsSuch() {
        assertThat(trace("cfg@example.com")).isZero();

        assertThat(out.toString()).contains("wrangler keeps the rule");
    }

    @Test
    void theSameIsGivenAsJson() throws IOException {
        assertThat(trace("shop@in.example.com", "-o", "json")).isZero();

        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.path("arrives").asText()).isEqualTo("yes");
        assertThat(document.path("destiny").asText()).isEqualTo("handed to the Worker mailbox");
        assertThat(document.path("hops")).hasSize(6);
    }

    /** The words of others are no part of what is printed for a terminal. */
    @Test
    void aRulesNameMovesNoCursorAndMakesNoLine() {
        simulator.controls().putZone("example.com", json("""
                {'rules':[{'address':'gone@example.com','drop':true,'name':'x\\u001b[2J\\nok       target'}]}"""));

        trace("gone@example.com");

        assertThat(out.toString()).contains("\"x?[2J?ok       target\"");
    }

    @Test
    void aRuleThatIsDisabledDoesNotHideAnotherOneOfTheAddress() {
        simulator.controls().putZone("example.com", json("""
                {'rules':[{'address':'a@example.com','drop':true,'enabled':false},
                  {'address':'a@example.com','worker':'mailbox','priority':5}]}"""));

        assertThat(trace("a@example.com")).isZero();

        assertThat(out.toString()).contains("handed to the Worker mailbox");
    }

    @Test
    void whatIsNoAddressIsSaid() {
        for (String given : List.of("shop", "@example.com", "shop@", "shop@localhost", "a b@example.com")) {
            assertThat(trace(given)).as(given).isEqualTo(2);
        }
        assertThat(err.toString()).contains("\"shop\" is no address: write it as name@domain");
        assertThat(simulator.controls().calls()).isEmpty();
    }

    @Test
    void whatCloudflareDoesNotTellEndsWithTwo() {
        simulator.controls().failNext("GET", ".*/email/routing/rules.*", Fault.status(500));

        assertThat(trace("shop@in.example.com")).isEqualTo(2);

        assertThat(err.toString()).startsWith("error: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void nothingIsWrittenAndAHandfulIsRead() {
        trace("shop@in.example.com");

        assertThat(simulator.controls().calls())
                .allMatch(call -> call.method().equals("GET"))
                .hasSizeLessThanOrEqualTo(5);
    }

    private int trace(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "trace",
                "--secret-dir=" + folder,
                "--cloudflare-api-base-url=" + simulator.apiUri(),
                "--dns-server=" + simulator.dnsAddress().orElseThrow()));
        all.addAll(List.of(arguments));
        out.getBuffer().setLength(0);
        return Main.commandLine(OperatorAssembly::new, Map.<String, String>of()::get)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
