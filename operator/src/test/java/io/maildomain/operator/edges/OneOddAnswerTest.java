package io.maildomain.operator.edges;

import static io.maildomain.operator.fixture.ScenarioDsl.SPAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One odd answer decides nothing that cannot be taken back: what is not known is no answer. */
class OneOddAnswerTest {

    private static final Fault PROXYS_404 = Fault.status(404, TextNode.valueOf("404 page not found"), Map.of());

    private static final String RULES = "/email/routing/rules\\?";
    private static final String SETTINGS = "/email/routing$";

    private final ScenarioDsl scenario = new ScenarioDsl(Options.usual().withAnswersThatCanChange()).usual();

    @BeforeEach
    void anActiveZone() {
        scenario.zone("{'status':'active'}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailDomain settled(String spec) {
        MailDomain domain = scenario.domain("example", spec);
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        return domain;
    }

    private void answers(String path, Fault fault, int times) {
        scenario.controls().addFault(FaultPlan.next("GET", path, fault).withTimes(times));
    }

    private void isUndone(MailDomain domain) {
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().rules()).isEmpty();
        assertThat(scenario.zone().routesMail()).isFalse();
    }

    // ---- a list that a proxy says is not there

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aListOfRulesThatIsMissingWhileEmailRoutingIsOnEndsNoUndoing(int times) {
        MailDomain domain = settled(SPAM);
        answers(RULES, PROXYS_404, times);
        scenario.delete(domain);
        scenario.settle();
        isUndone(domain);
    }

    @Test
    void aListOfRulesThatGoesOnMissingWhileEmailRoutingIsOnIsWaitedFor() {
        MailDomain domain = settled(SPAM);
        answers(RULES, PROXYS_404, 1000);
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isFalse();
        assertThat(scenario.ready(domain)).startsWith("False ");

        scenario.controls().clearFaults();
        scenario.settle();

        isUndone(domain);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void settingsThatAreMissingOnceDoNotKeepEmailRoutingOn(int times) {
        MailDomain domain = settled(SPAM);
        answers(SETTINGS, PROXYS_404, times);
        scenario.delete(domain);
        scenario.settle();
        isUndone(domain);
    }

    @Test
    void aListThatIsMissingWhileEmailRoutingIsOffEndsTheUndoing() {
        MailDomain domain = settled(SPAM);
        scenario.zone("{'routing':false}");
        answers(RULES, PROXYS_404, 1000);
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    // ---- access that is denied for a moment

    /** The account grants namespaces of team post, and this is one. */
    private MailDomain grantedByLabel() {
        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{'matchLabels':{'team':'post'}},'domains':['*'],'workers':['*'],'forwardTo':['*']}]");
        labels("post");
        return settled(SPAM);
    }

    private void labels(String team) {
        scenario.env().cluster().withLabels("mail", Map.of("kubernetes.io/metadata.name", "mail", "team", team));
    }

    @Test
    void aLabelThatIsLostForAMomentEndsNoUndoing() {
        MailDomain domain = grantedByLabel();
        scenario.delete(domain);
        labels("lost");
        scenario.reconcile(domain);
        assertThat(scenario.isGone(domain)).isFalse();
        labels("post");
        scenario.settle();
        isUndone(domain);
    }

    @Test
    void norEndsItTheGivingBackOfACatchAll() {
        grantedByLabel();
        CatchAllRule rule = caught();
        scenario.delete(rule);
        labels("lost");
        scenario.reconcile(rule);
        assertThat(scenario.isGone(rule)).isFalse();
        labels("post");
        scenario.settle();
        isGivenBack(rule);
    }

    @Test
    void aNamespaceThatIsGoneTakesNothingBack() {
        MailDomain domain = grantedByLabel();
        scenario.delete(domain);
        scenario.env().cluster().withLabels("mail", Map.of());
        scenario.settle();
        isUndone(domain);
    }

    @Test
    void norDoesOneOfWhichNothingIsKnownAfterAStart() {
        MailDomain domain = grantedByLabel();
        scenario.delete(domain);
        scenario.env().cluster().withLabels("mail", Map.of());
        scenario.restarts();
        scenario.settle();
        assertThat(scenario.isGone(domain)).isFalse();
        assertThat(scenario.zone().rules()).hasSize(1);
        labels("post");
        scenario.settle();
        isUndone(domain);
    }

    // ---- a zone that is not there, or hidden from the token

    private static final String NO_ZONE =
            "{'success':false,'result':null,'messages':[],'errors':[{'code':7003,'message':'Could not route to /zones/x,"
                    + " perhaps your object identifier is invalid?'}]}";

    private static Fault noZone() {
        return Fault.status(404, ScenarioDsl.read(NO_ZONE, JsonNode.class), Map.of());
    }

    @Test
    void aZoneThatIsNotThereOnceIsNotGone() {
        MailDomain domain = settled(SPAM);
        answers("/zones/[0-9a-f]{32}$", noZone(), 1);
        scenario.delete(domain);
        scenario.settle();
        isUndone(domain);
    }

    /** Of another account, or with another scope: to such a token Cloudflare says of a zone that there is none. */
    private void theTokenIsReplacedByOneThatSeesNothing() {
        String elsewhere = "e".repeat(32);
        scenario.controls().putAccount(elsewhere, "Elsewhere", 0);
        scenario.env()
                .secrets()
                .holding(
                        "mail-system",
                        "tokens",
                        "CLOUDFLARE_API_TOKEN",
                        scenario.controls()
                                .putToken("blind", ScenarioDsl.runtimeRights())
                                .value());
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/zones/[0-9a-f]{32}$", noZone())
                        .always()
                        .withToken("blind"));
        scenario.controls()
                .addFault(FaultPlan.next(
                                "GET",
                                "/zones\\?",
                                Fault.status(200, ScenarioDsl.read(NOTHING, JsonNode.class), Map.of()))
                        .always()
                        .withToken("blind"));
    }

    private static final String NOTHING = "{'success':true,'errors':[],'messages':[],'result':[],"
            + "'result_info':{'page':1,'per_page':50,'count':0,'total_count':0,'total_pages':0}}";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTokenThatSeesNothingDoesNotEndWhatTheOneBeforeItCanUndo(boolean looked) {
        MailDomain domain = settled(SPAM);
        theTokenIsReplacedByOneThatSeesNothing();
        if (looked) {
            scenario.settle();
            scenario.settle();
            assertThat(scenario.ready(domain)).isEqualTo("False ZoneNotVisible");
        }
        scenario.delete(domain);
        scenario.settle();
        isUndone(domain);
    }

    @Test
    void norIsTheZoneGoneWhereThatOneIsRevoked() {
        MailDomain domain = settled(SPAM);
        theTokenIsReplacedByOneThatSeesNothing();
        scenario.controls().revokeToken("runtime");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isFalse();
        assertThat(scenario.zone().rules()).hasSize(1);
        assertThat(scenario.ready(domain)).isEqualTo("False ZoneNotVisible");
        assertThat(scenario.condition(domain, "Ready").message()).contains("maildomain.io/abandon");

        scenario.annotate(domain, "maildomain.io/abandon", "true");
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
    }

    /** In place of another user's catch-all. */
    private CatchAllRule caught() {
        scenario.zone("{'catch_all':{'forward_to':'team@corp.example','enabled':true,'name':'theirs'}}");
        settled(SPAM);
        CatchAllRule rule = scenario.catchAll("rest", "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        return rule;
    }

    private void isGivenBack(CatchAllRule rule) {
        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
    }

    @Test
    void aCatchAllIsGivenBackThoughItsZoneWasNotThereOnce() {
        CatchAllRule rule = caught();
        answers("/zones/[0-9a-f]{32}$", noZone(), 1);
        scenario.delete(rule);
        scenario.reconcile(rule);
        scenario.settle();
        isGivenBack(rule);
    }

    @Test
    void norDoesATokenThatSeesNothingKeepItFromThat() {
        CatchAllRule rule = caught();
        theTokenIsReplacedByOneThatSeesNothing();
        scenario.delete(rule);
        scenario.settle();
        isGivenBack(rule);
    }

    // ---- a successor whose token is refused

    /** The next one for the domain, with a token of its own. */
    private MailDomain nextOne() {
        scenario.ownSecret();
        MailDomain next = scenario.domain("next", "{'credentials':{'secretRef':{'name':'own'}}," + SPAM.substring(1));
        scenario.settle();
        return next;
    }

    private void refusesTheNextOne(int status, int code, int times) {
        String body = "{'success':false,'result':null,'messages':[],'errors':[{'code':" + code + ",'message':'no'}]}";
        Fault refusal = Fault.status(status, ScenarioDsl.read(body, JsonNode.class), Map.of());
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/zones/[0-9a-f]{32}$", refusal)
                        .withTimes(times)
                        .withToken("own"));
    }

    private void goes(MailDomain domain) {
        scenario.delete(domain);
        await().atMost(Duration.ofSeconds(10)).until(() -> scenario.settle().isGone(domain));
        scenario.settle();
    }

    @ParameterizedTest
    @CsvSource({"403, 10000, 1", "403, 9109, 1", "401, 10000, 1", "404, 7003, 1", "400, 1, 1", "408, 1, 1", "408, 1, 3"
    })
    void oneStrayRefusalOfTheNextOnesTokenUndoesNothing(int status, int code, int times) {
        MailDomain old = settled(SPAM);
        MailDomain next = nextOne();
        refusesTheNextOne(status, code, times);
        scenario.controls().clearCalls();

        goes(old);

        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.ready(next)).isEqualTo("True Ready");
    }

    @Test
    void oneWhoseTokenIsRefusedAgainIsNoSuccessor() {
        MailDomain old = settled(SPAM);
        nextOne();
        refusesTheNextOne(403, 10000, 0);

        scenario.controls().clearCalls();

        goes(old);

        assertThat(scenario.writes()).as("it is undone").anyMatch(call -> call.startsWith("DELETE"));
    }

    // ---- a watch that is behind

    @Test
    void aCatchAllThatTheWatchDoesNotShowIsGivenBackBeforeEmailRoutingGoes() {
        CatchAllRule rule = caught();
        MailDomain domain = scenario.domain("example", SPAM);
        scenario.settle();
        scenario.env().view().hide(rule);
        scenario.delete(domain);
        scenario.reconcile(domain);
        scenario.reconcile(domain);
        assertThat(scenario.isGone(domain)).isFalse();
        assertThat(scenario.ready(domain)).isEqualTo("False CatchAllInUse");
        assertThat(scenario.zone().routesMail()).isTrue();

        scenario.env().view().catchUp();
        scenario.settle();

        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("theirs");
    }

    @Test
    void aCatchAllIsGivenBackThoughTheWatchDoesNotShowItsMailDomain() {
        CatchAllRule rule = caught();
        scenario.env().view().hide(scenario.domain("example", SPAM));
        scenario.delete(rule);
        scenario.reconcile(rule);
        assertThat(scenario.isGone(rule)).isFalse();

        scenario.env().view().catchUp();
        scenario.settle();

        isGivenBack(rule);
    }

    // ---- a list that is short once

    /** A rule of another user for the address that the spec names. */
    private MailDomain takenOver() {
        scenario.zone("{'status':'active','routing':true,'rules':["
                + "{'name':'theirs','address':'spam@example.com','worker':'mailbox','priority':4}]}");
        MailDomain domain = settled("{'conflictPolicy':'Adopt'," + SPAM.substring(1));
        assertThat(scenario.ownership(domain).adoptedRules()).hasSize(1);
        return domain;
    }

    private void listsOnceWithout(String address) {
        scenario.answers()
                .change(
                        "GET",
                        RULES,
                        1,
                        answer -> answer.json(body -> {
                            ArrayNode kept = body.arrayNode();
                            body.get("result").forEach(rule -> {
                                if (!rule.toString().contains(address)) {
                                    kept.add(rule);
                                }
                            });
                            body.set("result", kept);
                            ((ObjectNode) body.get("result_info"))
                                    .put("count", kept.size())
                                    .put("total_count", kept.size());
                        }));
    }

    @Test
    void howARuleWasThatWasTakenOverIsNotForgottenOnOneListThatLacksIt() {
        MailDomain domain = takenOver();
        listsOnceWithout("spam@example.com");
        scenario.turn();
        scenario.settle();
        assertThat(scenario.ownership(domain).adoptedRules()).hasSize(1);
        assertThat(scenario.zone().rules()).hasSize(1);

        scenario.delete(domain);
        scenario.settle();

        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().rules()).extracting("name").containsExactly("theirs");
    }

    @Test
    void norIsItLeftBehindByAnUndoing() {
        MailDomain domain = takenOver();
        listsOnceWithout("spam@example.com");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().rules()).extracting("name").containsExactly("theirs");
    }

    @Test
    void aRuleThatWasTakenOverAndIsGoneIsForgotten() {
        MailDomain domain = takenOver();
        scenario.controls().changed("example.com", zone -> zone.withRules(List.of()));
        scenario.settle();
        assertThat(scenario.ownership(domain).adoptedRules()).isEmpty();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
    }

    @Test
    void rulesThatOneListLacksAreDeletedAllTheSame() {
        scenario.zone("{'status':'active','routing':true}");
        MailDomain domain = settled(SPAM);
        listsOnceWithout("spam@example.com");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().rules()).isEmpty();
    }
}
