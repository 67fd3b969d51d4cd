package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maildomain.operator.cloudflare.TokenPage;
import io.maildomain.operator.credentials.Surface;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check-tokens --secret-dir} against the simulator: what it prints, and with which code it ends. */
class CheckTokensTest {

    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "a-token-that-this-test-minted-0123456789-mine";
    private static final String[] RUNTIME_RIGHTS = ScenarioDsl.runtimeRights();

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        simulator.close();
        assertThat(out + "" + err).doesNotContain(TOKEN, simulator.startToken());
    }

    @Test
    void aTokenWithTheRuntimeRightsIsCompleteForTheRuntimeSurface() throws IOException {
        aZone();
        mint(RUNTIME_RIGHTS);
        write("CLOUDFLARE_API_TOKEN", TOKEN + "\n");
        write("CLOUDFLARE_ACCOUNT_ID", ACCOUNT);

        assertThat(check("--surface=runtime")).isZero();

        assertThat(out.toString())
                .contains("runtime: key CLOUDFLARE_API_TOKEN (Shared) of folder", "token active")
                .contains("which proves no write");
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("runtime +Zone: Zone Settings: Edit +readable +.*"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aMissingRightIsNamedAndEndsWithOne() throws IOException {
        aZone();
        mint("Zone: Zone: Edit", "Zone: Zone Settings: Edit");
        write("CLOUDFLARE_RUNTIME_API_TOKEN", TOKEN);

        assertThat(check("--surface=runtime")).isEqualTo(1);

        assertThat(out.toString()).contains("the token lacks Zone: Email Routing Rules: Edit");
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("runtime +Zone: Email Routing Rules: Edit +missing +.*"));
        assertThat(out.toString().lines())
                .contains(TokenPage.ofUser(Surface.RUNTIME).toString());
    }

    @Test
    void nothingIsOfferedWhereNothingLacks() throws IOException {
        aZone();
        mint(RUNTIME_RIGHTS);
        write("CLOUDFLARE_RUNTIME_API_TOKEN", TOKEN);

        assertThat(check("--surface=runtime")).isZero();

        assertThat(out.toString()).doesNotContain("https://");
    }

    @Test
    void aSharedTokenMustHoldBothSets() throws IOException {
        aZone();
        mint(RUNTIME_RIGHTS);
        write("CLOUDFLARE_API_TOKEN", TOKEN);
        write("CLOUDFLARE_ACCOUNT_ID", ACCOUNT);

        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("deploy: key CLOUDFLARE_API_TOKEN (Shared)", "Account: D1: Edit");

        write("CLOUDFLARE_API_TOKEN", simulator.startToken());
        assertThat(check()).isZero();
    }

    @Test
    void aMissingDeployTokenIsNoFaultUnlessItIsAskedFor() throws IOException {
        aZone();
        mint(RUNTIME_RIGHTS);
        write("CLOUDFLARE_RUNTIME_API_TOKEN", TOKEN);
        write("CLOUDFLARE_DEPLOY_API_TOKEN", "  \n");

        assertThat(check()).isZero();
        assertThat(out.toString()).contains("deploy: not configured; ");
        assertThat(check("--surface=deploy")).isEqualTo(1);
    }

    @Test
    void aTokenThatIsNoneEndsWithOneAndIsNotShown() throws IOException {
        write("CLOUDFLARE_API_TOKEN", "Bearer " + TOKEN);

        assertThat(check()).isEqualTo(1);

        assertThat(out.toString()).contains("holds no usable token", "Bearer");
    }

    @Test
    void aDisabledTokenEndsWithOne() throws IOException {
        mint(RUNTIME_RIGHTS);
        simulator
                .controls()
                .putToken("mine", JsonNodeFactory.instance.objectNode().put("status", "disabled"));
        write("CLOUDFLARE_API_TOKEN", TOKEN);

        assertThat(check("--surface=runtime")).isEqualTo(1);

        assertThat(out.toString()).contains("the token is disabled");
    }

    @Test
    void whatCannotBeFoundOutEndsWithTwo() throws IOException {
        mint(RUNTIME_RIGHTS);
        write("CLOUDFLARE_API_TOKEN", TOKEN);

        assertThat(check("--surface=runtime")).isEqualTo(2);
        assertThat(out.toString()).contains("not tried: ", "the token sees no zone to try them on");

        simulator.controls().failNext("GET", "verify", Fault.status(503));
        assertThat(check("--surface=runtime")).isEqualTo(2);
        assertThat(out.toString()).contains("Cloudflare could not be asked");
    }

    @Test
    void aFolderThatIsNotThereEndsWithTwo() {
        folder = folder.resolve("nowhere");

        assertThat(check()).isEqualTo(2);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("nowhere is no folder");
    }

    @Test
    void folderAndAccountExcludeEachOther() {
        assertThat(check("--account=default")).isEqualTo(2);

        assertThat(err.toString()).contains("exclude each other");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        aZone();
        mint("Zone: Zone: Edit", "Zone: Zone Settings: Edit");
        write("CLOUDFLARE_RUNTIME_API_TOKEN", TOKEN);

        assertThat(check("--surface=runtime", "-o", "json")).isEqualTo(1);

        JsonNode runtime =
                new ObjectMapper().readTree(out.toString()).path("surfaces").path(0);
        assertThat(runtime.path("outcome").asText()).isEqualTo("LACKING");
        assertThat(runtime.path("kind").asText()).isEqualTo("Split");
        assertThat(runtime.path("rights").path(1).path("right").asText()).isEqualTo("Zone: Email Routing Rules: Edit");
        assertThat(runtime.path("rights").path(1).path("state").asText()).isEqualTo("missing");
    }

    @Test
    void nothingIsWrittenAtCloudflare() throws IOException {
        aZone();
        write("CLOUDFLARE_API_TOKEN", simulator.startToken());
        write("CLOUDFLARE_ACCOUNT_ID", ACCOUNT);

        check();

        assertThat(simulator.controls().calls()).isNotEmpty().allMatch(call -> call.method()
                .equals("GET"));
        assertThat(simulator.controls().calls()).hasSizeLessThanOrEqualTo(12);
    }

    private void aZone() {
        simulator.controls().putZone("example.com", "{}");
    }

    private void mint(String... rights) {
        simulator
                .controls()
                .putToken("mine", JsonNodeFactory.instance.objectNode().put("value", TOKEN));
        simulator.controls().putToken("mine", rights);
    }

    private void write(String key, String value) throws IOException {
        Files.writeString(folder.resolve(key), value);
    }

    private int check(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("check-tokens", "--secret-dir=" + folder, "--cloudflare-api-base-url=" + simulator.apiUri()));
        all.addAll(List.of(arguments));
        return Main.commandLine(OperatorAssembly::new, Map.<String, String>of()::get)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
