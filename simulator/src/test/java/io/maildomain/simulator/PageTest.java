package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.simulator.control.DeploySpec;
import io.maildomain.simulator.control.PlatformControls;
import io.maildomain.simulator.state.StateJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page at {@code /}, and what it says of mail to an address. */
class PageTest {

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void aWorld() {
        simulator.controls().putAddress("team@corp.example", true);
        simulator.controls().putAddress("new@corp.example", false);
        simulator.controls().putWorker("mailbox");
        simulator.controls().putZone("example.com", """
                {"routing": true, "subdomains": ["in"], "support_subaddress": true,
                 "rules": [{"address": "a@example.com", "forward_to": "team@corp.example", "name": "to the team"},
                           {"address": "new@example.com", "forward_to": "new@corp.example"},
                           {"address": "w@in.example.com", "worker": "mailbox"},
                           {"address": "gone@example.com", "worker": "nowhere"},
                           {"address": "off@example.com", "drop": true, "enabled": false},
                           {"address": "drop@example.com", "drop": true},
                           {"address": "twice@example.com", "forward_to": "team@corp.example", "name": "first"},
                           {"address": "twice@example.com", "worker": "mailbox", "name": "second", "priority": 10},
                           {"address": "twice@example.com", "drop": true, "enabled": false}],
                 "catch_all": {"worker": "mailbox", "enabled": true}}""");
        simulator.controls().putZone("quiet.example", "{\"routing\": true}");
        simulator.controls().putZone("off.example", "{}");
        simulator.controls().putZone("pending.example", "{\"routing\": true, \"status\": \"pending\"}");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@example.com         | forwarded to team@corp.example  | rule &quot;to the team&quot; decides",
                "A@Example.COM         | forwarded to team@corp.example  | verified destination",
                "a+tag@example.com     | forwarded to team@corp.example  | no rule for a+tag@example.com",
                "new@example.com       | rejected                        | no verified destination",
                "w@in.example.com      | handed to the Worker mailbox    | Email Routing is on for in.example.com",
                "gone@example.com      | rejected                        | there is no Worker nowhere",
                "off@example.com       | handed to the Worker mailbox    | the rule for off@example.com is disabled",
                "drop@example.com      | dropped                         | its action is drop",
                "twice@example.com     | handed to the Worker mailbox    | rule &quot;second&quot; decides",
                "nobody@example.com    | handed to the Worker mailbox    | the catch-all decides",
                "x@other.example.com   | not Cloudflare&#39;s affair     | not on for other.example.com",
                "x@quiet.example       | rejected                        | the catch-all is disabled",
                "x@off.example         | not Cloudflare&#39;s affair     | Email Routing is not on",
                "x@pending.example     | not Cloudflare&#39;s affair     | the zone is pending",
                "x@elsewhere.example   | not Cloudflare&#39;s affair     | no zone here holds",
                "nonsense              | no address                      | name@domain",
            })
    void mailToAnAddressIsFollowedAndItIsSaidWhy(String address, String outcome, String why) {
        String page = page("/?to=" + URLEncoder.encode(address.strip(), StandardCharsets.UTF_8));

        assertThat(page).contains("id=\"outcome\">" + outcome.strip() + "</p>").contains(why.strip());
    }

    @Test
    void zonesRulesAndAddressesAreShownAndNoTokenIs() {
        simulator.controls().putToken("mine", "Zone: Zone: Edit", "Zone: Zone Settings: Edit");
        String page = page("/");

        assertThat(page)
                .contains("Zone: Zone: Edit · Zone: Zone Settings: Edit")
                .contains("example.com", "to the team", "everything else", "team@corp.example", "mailbox")
                .contains("its owner has not clicked the link yet")
                .contains("(41 characters)")
                .doesNotContain(simulator.startToken());
    }

    @Test
    void whatIsDeployedIsShown() {
        PlatformControls others = simulator.controls().platform();
        others.deployWorker("mailbox", new DeploySpec("dash", "<b>hotfix</b>", null, null, null, null));
        others.putCustomDomain("api.example.com", "mailbox");
        others.putRoute("example.com/api/*", "mailbox");
        others.putDatabase("mail-db", "CREATE TABLE t(a)");
        others.putBucket("mail-bucket", "eu");
        others.putPages("site", StateJson.MAPPER.createObjectNode());

        assertThat(page("/"))
                .contains("version 2 (", "100 %", "dash: &lt;b&gt;hotfix&lt;/b&gt;")
                .contains("api.example.com, example.com/api/*")
                .contains("mail-db", "1 tables", "mail-bucket", "eu", "site.pages.dev", "nothing yet");
    }

    @Test
    void whatOthersWroteIsNoMarkup() {
        simulator.controls().putZone("evil.example", """
                {"rules": [{"address": "a@evil.example", "drop": true, "name": "<script>alert('x')</script>"}]}""");

        assertThat(page("/?to=%22%3E%3Cscript%3E")).doesNotContain("<script>").contains("&lt;script&gt;alert(");
    }

    private String page(String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(simulator.baseUri() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/html");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'");
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
