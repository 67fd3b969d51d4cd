package io.maildomain.operator.it;

import static io.maildomain.operator.it.ProxiedOperator.leads;
import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.ApiServerProxy;
import io.maildomain.harness.ApiServerRequest;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server fails in every way that it can: what should come about comes about, and nothing is written twice. */
class KubernetesFaultsIT {

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m").withoutOperator();

    private final Scene scene = new Scene(rig);
    private ApiServerProxy proxy;
    private OperatorProcess operator;
    private int changes;

    @BeforeEach
    void anOperatorBehindAProxy() {
        scene.destination(TEAM);
        proxy = ApiServerProxy.withPlainWatches(KubeApi.shared().config());
        operator = ProxiedOperator.start(rig, proxy);
        leads(operator);
    }

    @AfterEach
    void stop() {
        operator.kill();
        proxy.close();
    }

    // ---- the life that everything is measured by

    /** A zone is created, routed, and gets its rules and a catch-all; then a rule is exchanged. */
    private void aLife() {
        create();
        change();
    }

    private void create() {
        scene.mailDomain(
                "fresh",
                "fresh.example",
                rulesOf(forward("a@fresh.example", TEAM), forward("b@in.fresh.example", TEAM)));
        scene.catchAll("all", "fresh", "drop: true");
        scene.eventuallyDomain(
                "fresh", status -> status.isNotReadyBecause("ZonePending").has("RulesSynced", "True"));
        scene.eventuallyCatchAll("all", StatusAssert::isReady);
    }

    private void change() {
        String address = "c" + ++changes + "@fresh.example";
        scene.mailDomain("fresh", "fresh.example", rulesOf(forward("a@fresh.example", TEAM), forward(address, TEAM)));
        scene.eventuallyDomain("fresh", status -> status.has("RulesSynced", "True"));
        eventually(() -> assertThat(scene.addresses(scene.dashboard().zoneId("fresh.example")))
                .containsExactly("a@fresh.example", address));
    }

    /** Exactly the writes that a life without faults makes; what Cloudflare did not accept counts as well. */
    private void nothingIsWrittenTwice() {
        assertThat(writes())
                .isEqualTo(new TreeMap<>(Map.of(
                        "POST /zones", 1L,
                        "POST /enable", 1L,
                        "POST /dns", 1L,
                        "POST /rules", 3L,
                        "DELETE /rules", 1L,
                        "DELETE /dns", 1L,
                        "PUT /catch_all", 1L)));
    }

    private Map<String, Long> writes() {
        return scene.calls()
                .filter(call -> !call.path("method").asText().equals("GET"))
                .map(call -> call.path("method").asText() + " /" + last(call))
                .collect(Collectors.groupingBy(call -> call, TreeMap::new, Collectors.counting()));
    }

    /** The last word of the call's path that is no id. */
    private static String last(JsonNode call) {
        String path = call.path("path").asText().replaceAll("\\?.*", "").replaceAll("/[0-9a-f]{32}$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void begin() {
        rig.control().clearCalls();
    }

    @Test
    void aLifeWithoutFaultsMakesTheseWrites() {
        begin();
        aLife();
        nothingIsWrittenTwice();
    }

    // ---- writes to the API server

    enum Write implements Predicate<ApiServerRequest> {
        OWNERSHIP_RECORD(ApiServerRequest::isOwnershipRecord),
        STATUS(ApiServerRequest::isStatus);

        private final Predicate<ApiServerRequest> fits;

        Write(Predicate<ApiServerRequest> fits) {
            this.fits = fits;
        }

        @Override
        public boolean test(ApiServerRequest seen) {
            return fits.test(seen);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPatchThatWasAppliedThoughItsAnswerIsLost(Write kind) {
        begin();
        proxy.loseAnswers(kind, 3);
        aLife();
        nothingIsWrittenTwice();
        assertThat(proxy.hasTroubledEnough()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aPatchThatNeverArrived(Write kind) {
        begin();
        proxy.loseRequests(kind, 3);
        aLife();
        nothingIsWrittenTwice();
        assertThat(proxy.hasTroubledEnough()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void conflicts(Write kind) {
        begin();
        proxy.answer(kind, 7, 409);
        aLife();
        nothingIsWrittenTwice();
        assertThat(proxy.hasTroubledEnough()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void serverErrors(Write kind) {
        begin();
        proxy.answer(kind, 3, 500);
        aLife();
        nothingIsWrittenTwice();
        assertThat(proxy.hasTroubledEnough()).isTrue();
    }

    // ---- watches

    @Test
    void watchesThatDropAreMadeAgain() {
        begin();
        create();
        for (int i = 0; i < 3; i++) {
            int before = proxy.watchesMade();
            proxy.cutWatches();
            eventually(() -> assertThat(proxy.watchesMade()).isGreaterThan(before));
        }
        change();
        nothingIsWrittenTwice();
    }

    /** What an API server may say in the middle of a watch. */
    static List<String> lines() {
        return List.of(
                error(410, "Expired", "too old resource version: 1 (2)"),
                error(500, "InternalError", "etcdserver: leader changed"),
                error(504, "Timeout", "the server was unable to return a response in time"),
                error(403, "Forbidden", "not now"));
    }

    private static String error(int code, String reason, String message) {
        return "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
                + "\"code\":" + code + ",\"reason\":\"" + reason + "\",\"message\":\"" + message + "\"}}";
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatIsSaidInAWatchEndsNoWatching(String line) {
        begin();
        create();
        proxy.sayInWatches(line);
        change();
        nothingIsWrittenTwice();
        assertThat(operator.isAlive()).isTrue();
    }

    /** JOSDK ends an operator whose informer has stopped; in a Pod it is started again. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"MailDomain\"", "<html>502 Bad Gateway</html>"})
    void nonsenseInAWatchEndsTheOperatorAndTheNextOneGoesOn(String line) {
        begin();
        create();
        proxy.sayInWatches(line);
        eventually(() -> assertThat(operator.isAlive()).as("it ends by itself").isFalse());
        operator = ProxiedOperator.start(rig, proxy);
        leads(operator);
        change();
        nothingIsWrittenTwice();
    }

    @ParameterizedTest
    @ValueSource(ints = {410, 429, 500, 503})
    void watchesThatAreRefusedAreTriedAgain(int status) {
        begin();
        create();
        proxy.answer(ApiServerRequest::isWatch, 12, status);
        proxy.cutWatches();
        change();
        nothingIsWrittenTwice();
        assertThat(operator.isAlive()).isTrue();
    }

    // ---- the whole server

    @Test
    void aServerThatIsGoneForAWhileIsMissedByNobody() {
        begin();
        create();
        proxy.goAway();
        String zone = scene.dashboard().zoneId("fresh.example");
        scene.mailDomain(
                "fresh", "fresh.example", rulesOf(forward("a@fresh.example", TEAM), forward("c1@fresh.example", TEAM)));
        changes = 1;
        // Five times the longest wait between two tries: there is nothing to do that the operator knows of.
        scene.cloudflareIsLeftAlone(Duration.ofSeconds(15));
        assertThat(scene.addresses(zone)).contains("b@in.fresh.example");
        proxy.comeBack();
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("a@fresh.example", "c1@fresh.example"));
        scene.eventuallyDomain("fresh", status -> status.has("RulesSynced", "True"));
        nothingIsWrittenTwice();
        assertThat(operator.isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/zones$", "/email/routing/enable$", "/email/routing/rules$"})
    void aServerThatGoesAwayInTheMiddleOfAPlanFindsItAsItIs(String call) {
        begin();
        rig.control()
                .addFault(
                        Map.of("method", "POST", "path", call, "after", 0, "times", 1, "fault", Map.of("stall", "3s")));
        scene.mailDomain(
                "fresh",
                "fresh.example",
                rulesOf(forward("a@fresh.example", TEAM), forward("b@in.fresh.example", TEAM)));
        eventually(() -> assertThat(writes()).containsKey("POST /" + call.replaceAll(".*/|\\$", "")));
        proxy.goAway();
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(10)).until(operator::isAlive);
        proxy.comeBack();
        aLife();
        nothingIsWrittenTwice();
        assertThat(scene.mailDomain("fresh")
                        .getStatus()
                        .ownership()
                        .zone()
                        .origin()
                        .name())
                .isEqualTo("Created");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/zones$", "/email/routing/rules$"})
    void aReplicaThatTakesOverInTheMiddleOfAPlanGoesOnFromThere(String call) {
        operator.kill();
        operator = ProxiedOperator.start(rig, proxy, "--leader-election", "--pod-name=first");
        leads(operator);
        begin();
        try (ApiServerProxy another =
                        ApiServerProxy.withPlainWatches(KubeApi.shared().config());
                OperatorProcess second =
                        ProxiedOperator.start(rig, another, "--leader-election", "--pod-name=second")) {
            rig.control()
                    .addFault(Map.of(
                            "method", "POST", "path", call, "after", 0, "times", 1, "fault", Map.of("stall", "3s")));
            scene.mailDomain(
                    "fresh",
                    "fresh.example",
                    rulesOf(forward("a@fresh.example", TEAM), forward("b@in.fresh.example", TEAM)));
            eventually(() -> assertThat(writes()).containsKey("POST /" + call.replaceAll(".*/|\\$", "")));
            proxy.goAway();
            leads(second);
            proxy.comeBack();
            aLife();
            nothingIsWrittenTwice();
        }
    }

    @Test
    void anOperatorThatStartsWhileTheServerIsAwaySaysSoAndEndsAndTheNextOneGoesOn() {
        begin();
        create();
        operator.kill();
        proxy.goAway();
        operator = OperatorProcess.start(proxy.launch(rig.launch()));
        eventually(
                () -> assertThat(operator.isAlive()).as("it says so and ends").isFalse());
        assertThat(operator.lastWords()).contains("cannot be reached");
        proxy.comeBack();
        operator = ProxiedOperator.start(rig, proxy);
        leads(operator);
        change();
        nothingIsWrittenTwice();
    }
}
