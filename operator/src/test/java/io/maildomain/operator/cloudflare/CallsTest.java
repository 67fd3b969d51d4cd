package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.RULE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {
    private static final String ZONE_JSON = """
            {"id":"%s","name":"example.com","status":"pending","type":"full","paused":false,
             "name_servers":["a.ns.cloudflare.com","b.ns.cloudflare.com"],"original_name_servers":null,
             "original_registrar":null,"original_dnshost":null,"created_on":"2026-11-24T02:00:00.123456Z",
             "modified_on":"2026-11-24T02:00:00Z","activated_on":null,"tenant":{"id":null,"name":null},
             "owner":{"id":null,"type":"user","email":null},"account":{"id":"%s","name":"Example"},
             "something_new":{"deep":[1,2,3]}}""".formatted(ZONE, ACCOUNT);
    private static final String RULE_JSON = """
            {"id":"%s","tag":"%s","name":"support [mdo:x]","enabled":true,"priority":7,"source":"api",
             "matchers":[{"type":"literal","field":"to","value":"support@example.com"}],
             "actions":[{"type":"forward","value":["team@corp.example"]}]}""".formatted(RULE, RULE);
    private static final String CATCH_ALL_JSON = """
            {"id":"%s","name":"","enabled":false,"matchers":[{"type":"all"}],"actions":[{"type":"drop"}],"source":"api"}""".formatted(ZONE);
    private static final String LISTED_CATCH_ALL = """
            {"id":"00000000000000000000000000000003","name":"all","enabled":true,"priority":2147483647,
             "matchers":[{"type":"all"}],"actions":[{"type":"worker","value":["mailbox"]}],"source":"wrangler"}""";
    private static final RuleDraft DRAFT = new RuleDraft(
            "support [mdo:x]",
            true,
            7,
            List.of(Matcher.to("support@example.com")),
            List.of(RuleAction.forwardTo("team@corp.example")));
    private static final String DRAFT_JSON = "{\"name\":\"support [mdo:x]\",\"enabled\":true,\"priority\":7,"
            + "\"matchers\":[{\"type\":\"literal\",\"field\":\"to\",\"value\":\"support@example.com\"}],"
            + "\"actions\":[{\"type\":\"forward\",\"value\":[\"team@corp.example\"]}],\"source\":\"api\"}";
    private static final Zone EXPECTED_ZONE = new Zone(
            ZONE,
            "example.com",
            ACCOUNT,
            "Example",
            "pending",
            "full",
            List.of("a.ns.cloudflare.com", "b.ns.cloudflare.com"),
            List.of(),
            "",
            Instant.parse("2026-11-24T02:00:00.123456Z"),
            false);

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    @Test
    void everyRequestCarriesTheTokenAndSaysWhoAsks() {
        cloudflare.result(ZONE_JSON).client().zone(ZONE);

        RecordedRequest request = cloudflare.request();
        assertThat(request.getHeaders().values("Authorization")).containsExactly("Bearer " + FakeCloudflare.TOKEN);
        assertThat(request.getHeaders().get("User-Agent")).isEqualTo("mail-domain-operator/test");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    }

    @Test
    void zonesOfANameComeWithTheTimeOfTheAnswer() {
        cloudflare.answers(new MockResponse.Builder()
                .setHeader("Date", "Tue, 24 Nov 2026 02:59:58 GMT")
                .body("{\"success\":true,\"result\":[" + ZONE_JSON + "]}"));

        ZoneLookup lookup = cloudflare.client().zonesNamed("example.com");

        assertThat(lookup.zones()).containsExactly(EXPECTED_ZONE);
        assertThat(lookup.answeredAt()).isEqualTo("2026-11-24T02:59:58Z");
        assertThat(cloudflare.said()).isEqualTo("GET /zones?name=example.com&page=1&per_page=50");
    }

    @Test
    void aServerThatOverlooksTheNameGivesNobodyElsesZone() {
        cloudflare.result("[" + ZONE_JSON + "]");

        assertThat(cloudflare.client().zonesNamed("other.com").zones()).isEmpty();
    }

    @Test
    void withoutADateTheOwnClockTellsTheTime() {
        cloudflare.result("[]");

        assertThat(cloudflare.client().zonesNamed("example.com").answeredAt()).isEqualTo(FakeCloudflare.NOW);
    }

    @Test
    void aNameIsEncodedWhateverStandsInIt() {
        cloudflare.result("[]").client().zonesNamed("a&page=9#x");

        assertThat(cloudflare.said()).isEqualTo("GET /zones?name=a%26page%3D9%23x&page=1&per_page=50");
    }

    @Test
    void aZoneIsCreatedInItsAccount() {
        Zone zone = cloudflare.result(ZONE_JSON).client().createZone("example.com", ACCOUNT);

        assertThat(zone).isEqualTo(EXPECTED_ZONE);
        assertThat(cloudflare.said())
                .isEqualTo("POST /zones {\"name\":\"example.com\",\"account\":{\"id\":\"" + ACCOUNT
                        + "\"},\"type\":\"full\"}");
    }

    @Test
    void aZoneThatWasActiveOnceSaysSo() {
        cloudflare.result(ZONE_JSON.replace("\"activated_on\":null", "\"activated_on\":\"2026-11-24T02:30:00Z\""));

        assertThat(cloudflare.client().zone(ZONE).everActive()).isTrue();
        assertThat(cloudflare.said()).isEqualTo("GET /zones/" + ZONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"" + ZONE + "\"}", "null"})
    void aZoneIsDeletedWhateverTheResultHolds(String result) {
        cloudflare.result(result).client().deleteZone(ZONE);

        assertThat(cloudflare.said()).isEqualTo("DELETE /zones/" + ZONE);
    }

    @Test
    void anEmptyAnswerToADeletionIsASuccess() {
        cloudflare.answers(new MockResponse.Builder().code(204)).client().deleteZone(ZONE);

        assertThat(cloudflare.said()).isEqualTo("DELETE /zones/" + ZONE);
    }

    @Test
    void theRoutingSettingsAreRead() {
        cloudflare.result(
                "{\"id\":\"x\",\"name\":\"example.com\",\"enabled\":true,\"status\":\"ready\",\"synced\":true,"
                        + "\"support_subaddress\":true}");

        assertThat(cloudflare.client().routing(ZONE))
                .isEqualTo(new RoutingSettings(true, "ready", "example.com", true));
        assertThat(cloudflare.said()).isEqualTo("GET /zones/" + ZONE + "/email/routing");
    }

    @Test
    void subaddressingIsTheOnlySettingThatIsWritten() {
        cloudflare.result("{\"enabled\":true,\"status\":\"ready\",\"name\":\"example.com\"}");

        assertThat(cloudflare.client().setSubaddressing(ZONE, false).subaddressing())
                .isFalse();
        assertThat(cloudflare.said())
                .isEqualTo("PATCH /zones/" + ZONE + "/email/routing {\"support_subaddress\":false}");
    }

    @Test
    void routingIsEnabledAndDisabled() {
        cloudflare.result("{}").client().enableRouting(ZONE);
        cloudflare.result("{}").client().disableRouting(ZONE);

        assertThat(cloudflare.said()).isEqualTo("POST /zones/" + ZONE + "/email/routing/enable {}");
        assertThat(cloudflare.said()).isEqualTo("POST /zones/" + ZONE + "/email/routing/disable {}");
    }

    @Test
    void whatTheAnswerToEnablingShowsOfTheSettingsIsTold() {
        cloudflare.result("{\"enabled\":true,\"status\":\"misconfigured\",\"name\":\"example.com\"}");

        assertThat(cloudflare.client().enableRouting(ZONE))
                .contains(new RoutingSettings(true, "misconfigured", "example.com", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"status\":\"ready\"}", "{\"enabled\":\"yes\"}", "7"})
    void anAnswerToEnablingThatShowsNoSettingsTellsOfNone(String result) {
        assertThat(cloudflare.result(result).client().enableRouting(ZONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 410})
    void whereTheDeprecatedCallsAreGoneTheirSuccessorsAreUsed(int status) {
        cloudflare.answers(status, "").result("{}").client().enableRouting(ZONE);
        cloudflare.answers(status, "").result("[]").client().disableRouting(ZONE);

        cloudflare.request();
        assertThat(cloudflare.said()).isEqualTo("POST /zones/" + ZONE + "/email/routing/dns {}");
        cloudflare.request();
        assertThat(cloudflare.said()).isEqualTo("DELETE /zones/" + ZONE + "/email/routing/dns {}");
    }

    @Test
    void noRouteForTheDeprecatedCallMeansThatItIsGoneToo() {
        cloudflare
                .refuses(400, 7003, "Could not route to /x")
                .result("{}")
                .client()
                .enableRouting(ZONE);

        cloudflare.request();
        assertThat(cloudflare.said()).isEqualTo("POST /zones/" + ZONE + "/email/routing/dns {}");
    }

    @Test
    void aMissingZoneIsNotTakenForAMissingCall() {
        cloudflare.refuses(404, 9109, "Invalid zone identifier");

        assertThat(failing(() -> cloudflare.client().enableRouting(ZONE)).zoneMissing())
                .isTrue();
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRefusalToEnableIsNotTriedInAnotherWay() {
        cloudflare.refuses(409, 2008, "Non-Cloudflare MX records exist");

        CloudflareException exception = failing(() -> cloudflare.client().enableRouting(ZONE));
        assertThat(exception.refused().orElseThrow().has(CloudflareError.FOREIGN_MX_RECORDS))
                .isTrue();
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void theDnsReportMayBeAPlainListOfRecords() {
        cloudflare.result(
                "[{\"type\":\"MX\",\"name\":\"example.com\",\"content\":\"route1.mx.cloudflare.net\",\"priority\":13,"
                        + "\"ttl\":1},{\"type\":\"TXT\",\"name\":\"example.com\",\"content\":\"v=spf1 -all\"}]");

        assertThat(cloudflare.client().routingDns(ZONE))
                .isEqualTo(new DnsReport(
                        List.of(
                                new DnsRecord("MX", "example.com", "route1.mx.cloudflare.net", 13),
                                new DnsRecord("TXT", "example.com", "v=spf1 -all", 0)),
                        List.of()));
        assertThat(cloudflare.said()).isEqualTo("GET /zones/" + ZONE + "/email/routing/dns");
    }

    @Test
    void theDnsReportMayNameWhatIsWrong() {
        cloudflare.result("""
                {"errors":[{"code":"mx.missing","missing":{"type":"MX","name":"in.example.com","content":"route1.mx.cloudflare.net","priority":13}},
                           {"code":"mx.foreign","existing":{"type":"MX","name":"in.example.com","content":"mail.other.example","priority":10}},
                           {"code":"spf.multiple"},{"code":null},"nonsense",null],
                 "record":[{"type":"MX","name":"in.example.com","content":"route1.mx.cloudflare.net","priority":13}]}""");

        DnsReport report = cloudflare.client().routingDns(ZONE, "in.example.com");

        assertThat(report.records()).hasSize(1);
        assertThat(report.findings())
                .startsWith(
                        new DnsFinding("mx.missing", "MX in.example.com 13 route1.mx.cloudflare.net"),
                        new DnsFinding("mx.foreign", "MX in.example.com 10 mail.other.example"),
                        new DnsFinding("spf.multiple", ""))
                .hasSize(4);
        assertThat(cloudflare.said()).isEqualTo("GET /zones/" + ZONE + "/email/routing/dns?subdomain=in.example.com");
    }

    @Test
    void subdomainsAreAddedAndRemovedByTheirFullName() {
        cloudflare.result("{}").client().addSubdomain(ZONE, "in.example.com");
        cloudflare.result("[]").client().removeSubdomain(ZONE, "in.example.com");

        assertThat(cloudflare.said())
                .isEqualTo("POST /zones/" + ZONE + "/email/routing/dns {\"name\":\"in.example.com\"}");
        assertThat(cloudflare.said())
                .isEqualTo("DELETE /zones/" + ZONE + "/email/routing/dns {\"name\":\"in.example.com\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void withoutAHostNothingIsRemovedSinceThatWouldBeTheWholeZone(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloudflare.client().removeSubdomain(ZONE, host));
        assertThat(cloudflare.server.getRequestCount()).isZero();
    }

    @Test
    void theCatchAllIsTakenOutOfTheListOfRules() {
        cloudflare.result("[" + RULE_JSON + "," + LISTED_CATCH_ALL + "]");

        RuleList list = cloudflare.client().rules(ZONE);

        assertThat(list.rules())
                .containsExactly(new RoutingRule(
                        RULE,
                        "support [mdo:x]",
                        true,
                        7,
                        List.of(Matcher.to("support@example.com")),
                        List.of(RuleAction.forwardTo("team@corp.example")),
                        "api"));
        assertThat(list.listedCatchAll())
                .contains(new CatchAll(
                        "00000000000000000000000000000003",
                        "all",
                        true,
                        List.of(RuleAction.worker("mailbox")),
                        "wrangler"));
        assertThat(cloudflare.said())
                .isEqualTo(
                        "GET /zones/" + ZONE + "/email/routing/rules?order=created&direction=asc&page=1&per_page=50");
    }

    @Test
    void aRuleThatTheOperatorCouldNotWriteIsReadAsItIs() {
        cloudflare.result("""
                [{"id":"%s","matchers":[{"type":"literal","field":"to","value":"a@example.com"},{"type":"regex","field":"from","value":".*"}],
                  "actions":[{"type":"forward","value":["b@x.example","c@x.example"]},{"type":"shout"}]}]""".formatted(RULE));

        RoutingRule rule = cloudflare.client().rules(ZONE).rules().get(0);

        assertThat(rule.enabled()).isTrue();
        assertThat(rule.source()).isEqualTo("api");
        assertThat(rule.matchers()).hasSize(2);
        assertThat(rule.actions())
                .containsExactly(
                        new RuleAction("forward", List.of("b@x.example", "c@x.example")),
                        new RuleAction("shout", List.of()));
    }

    @Test
    void aListWithoutACatchAllHasNone() {
        assertThat(cloudflare.result("[]").client().rules(ZONE).listedCatchAll())
                .isEmpty();
    }

    @Test
    void rulesAreCreatedUpdatedInPlaceAndDeleted() {
        assertThat(cloudflare.result(RULE_JSON).client().createRule(ZONE, DRAFT).id())
                .isEqualTo(RULE);
        assertThat(cloudflare
                        .result(RULE_JSON)
                        .client()
                        .updateRule(ZONE, RULE, DRAFT)
                        .priority())
                .isEqualTo(7);
        cloudflare.result(RULE_JSON).client().deleteRule(ZONE, RULE);

        assertThat(cloudflare.said()).isEqualTo("POST /zones/" + ZONE + "/email/routing/rules " + DRAFT_JSON);
        assertThat(cloudflare.said())
                .isEqualTo("PUT /zones/" + ZONE + "/email/routing/rules/" + RULE + " " + DRAFT_JSON);
        assertThat(cloudflare.said()).isEqualTo("DELETE /zones/" + ZONE + "/email/routing/rules/" + RULE);
    }

    @Test
    void aDropHasNoValue() {
        cloudflare
                .result(RULE_JSON)
                .client()
                .createRule(
                        ZONE, new RuleDraft("n", false, 0, List.of(Matcher.to("a@b.c")), List.of(RuleAction.drop())));

        assertThat(cloudflare.said()).endsWith("\"actions\":[{\"type\":\"drop\"}],\"source\":\"api\"}");
    }

    @Test
    void theCatchAllIsReadAndWritten() {
        assertThat(cloudflare.result(CATCH_ALL_JSON).client().catchAll(ZONE))
                .isEqualTo(new CatchAll(ZONE, "", false, List.of(RuleAction.drop()), "api"));
        cloudflare
                .result(CATCH_ALL_JSON)
                .client()
                .putCatchAll(ZONE, new CatchAllDraft("all", true, List.of(RuleAction.worker("mailbox"))));

        assertThat(cloudflare.said()).isEqualTo("GET /zones/" + ZONE + "/email/routing/rules/catch_all");
        assertThat(cloudflare.said())
                .isEqualTo("PUT /zones/" + ZONE + "/email/routing/rules/catch_all "
                        + "{\"name\":\"all\",\"enabled\":true,\"matchers\":[{\"type\":\"all\"}],"
                        + "\"actions\":[{\"type\":\"worker\",\"value\":[\"mailbox\"]}],\"source\":\"api\"}");
    }

    @Test
    void tokensAreVerifiedAsTheUsersOrTheAccounts() {
        String result = "{\"id\":\"" + RULE + "\",\"status\":\"active\",\"expires_on\":\"2027-01-01T00:00:00Z\"}";
        TokenVerification users = cloudflare.result(result).client().verifyToken();
        TokenVerification accounts =
                cloudflare.result("{\"status\":\"disabled\"}").client().verifyAccountToken(ACCOUNT);

        assertThat(users.expiresOn()).contains(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(users.status()).isEqualTo("active");
        assertThat(accounts).isEqualTo(new TokenVerification("", "disabled", null));
        assertThat(accounts.expiresOn()).isEmpty();
        assertThat(cloudflare.said()).isEqualTo("GET /user/tokens/verify");
        assertThat(cloudflare.said()).isEqualTo("GET /accounts/" + ACCOUNT + "/tokens/verify");
    }

    @Test
    void dnsRecordsAndAccountsAreListed() {
        cloudflare.result(
                "[{\"id\":\"1\",\"type\":\"A\",\"name\":\"example.com\",\"content\":\"192.0.2.1\",\"priority\":null}]");
        assertThat(cloudflare.client().dnsRecords(ZONE))
                .containsExactly(new DnsRecord("A", "example.com", "192.0.2.1", 0));
        cloudflare.result("[{\"id\":\"" + ACCOUNT + "\",\"name\":\"Example\"}]");
        assertThat(cloudflare.client().accounts()).containsExactly(new AccountSummary(ACCOUNT, "Example"));

        assertThat(cloudflare.said()).isEqualTo("GET /zones/" + ZONE + "/dns_records?page=1&per_page=50");
        assertThat(cloudflare.said()).isEqualTo("GET /accounts?page=1&per_page=50");
    }

    @ParameterizedTest
    @EnumSource
    void eachRightOfTheDeploySurfaceHasAHarmlessRead(DeployProbe probe) {
        cloudflare.result("[]").client().probe(probe, ACCOUNT);

        String route = probe.call().route().replaceAll("\\{.*}", ACCOUNT);
        assertThat(cloudflare.said()).isEqualTo("GET " + route);
        assertThat(probe.ofZone()).isEqualTo(route.startsWith("/zones/"));
        assertThat(probe.right().surface()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../user", "0123456789ABCDEF0123456789ABCDEF", "catch_all"})
    void whatIsNoIdNeverBecomesAPath(String id) {
        Cloudflare client = cloudflare.client();

        assertThatIllegalArgumentException().isThrownBy(() -> client.zone(id));
        assertThatIllegalArgumentException().isThrownBy(() -> client.deleteZone(id));
        assertThatIllegalArgumentException().isThrownBy(() -> client.deleteRule(ZONE, id));
        assertThatIllegalArgumentException().isThrownBy(() -> client.updateRule(ZONE, id, DRAFT));
        assertThatIllegalArgumentException().isThrownBy(() -> client.createZone("example.com", id));
        assertThatIllegalArgumentException().isThrownBy(() -> client.probe(DeployProbe.D1, id));
        assertThat(cloudflare.server.getRequestCount()).isZero();
    }
}
