package io.maildomain.operator.edges;

import static io.maildomain.operator.fixture.ScenarioDsl.SPAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.quirks.Quirk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the matrix of deletions does not hold: the guard against mass deletion, guards, what others left, and what an answer means. */
class DeletionEdgesTest {

    private static final String TO_WORKER = "{'action':{'worker':'mailbox'}}";

    private static final Fault PROXYS_404 = Fault.status(404, TextNode.valueOf("<html>not here</html>"), Map.of());

    private ScenarioDsl scenario = new ScenarioDsl(Options.usual().withMassDeletion(3)).usual();

    @BeforeEach
    void anActiveZone() {
        scenario.zone("{'status':'active'}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private void isGone(MailDomain domain) {
        assertThat(scenario.isGone(domain)).isTrue();
    }

    private MailDomain settled(String spec) {
        MailDomain domain = scenario.domain("example", spec);
        scenario.settle();
        return domain;
    }

    private void goesOnceItIsDeleted(MailDomain domain) {
        scenario.delete(domain);
        scenario.settle();
        isGone(domain);
    }

    private void somebodySays(String reason) {
        assertThat(scenario.events()).anyMatch(event -> event.startsWith(reason + ": "));
    }

    // ---- the guard against mass deletion

    private List<MailDomain> managed(int count) {
        List<MailDomain> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "many" + made.size() + "-" + count;
            scenario.controls().putZone(name + ".example", "{}");
            made.add(scenario.domain(name, "{'domain':'" + name + ".example'}"));
        }
        scenario.settle();
        return made;
    }

    @Test
    void manyDeletionsHoldUntilSomebodySaysThatTheyAreMeant() {
        List<MailDomain> all = managed(5);
        all.forEach(scenario::delete);
        scenario.settle();
        for (MailDomain held : all) {
            assertThat(scenario.ready(held)).isEqualTo("False DeletionHeld");
            assertThat(scenario.condition(held, "Ready").message()).contains("allow-mass-deletion: \"5\"");
        }
        somebodySays("DeletionHeld");

        scenario.restarts().settle();
        assertThat(scenario.isGone(all.get(0))).as("a restart releases nothing").isFalse();

        scenario.env()
                .cluster()
                .account("default")
                .orElseThrow()
                .getMetadata()
                .setAnnotations(Map.of("maildomain.io/allow-mass-deletion", "5"));
        scenario.settle();
        all.forEach(this::isGone);
    }

    @Test
    void deletionsInTurnHoldOnceTheyAreTooMany() {
        List<MailDomain> all = managed(5);
        for (MailDomain domain : all) {
            scenario.delete(domain);
            scenario.turn();
        }
        assertThat(all.stream().filter(scenario::isGone)).hasSize(3);
        assertThat(scenario.ready(all.get(4))).isEqualTo("False DeletionHeld");
    }

    @Test
    void aHeldDeletionIsNotReleasedByTime() {
        List<MailDomain> all = managed(5);
        all.forEach(domain -> scenario.delete(domain, Instant.now().minus(Duration.ofDays(2))));
        scenario.settle();
        assertThat(all).noneMatch(scenario::isGone);
    }

    @Test
    void deletionsThatWaitForSomethingElseSinceLongAgoHoldNoNewOne() {
        List<MailDomain> stuck = managed(4);
        MailDomain fresh = scenario.domain("example", SPAM);
        scenario.settle();
        String secret = "{'secretRef':{'name':'never-there'}}";
        for (int i = 0; i < stuck.size(); i++) {
            String name = stuck.get(i).getMetadata().getName();
            MailDomain changed =
                    scenario.domain(name, "{'domain':'" + name + ".example','credentials':" + secret + "}");
            scenario.delete(changed, Instant.now().minus(Duration.ofHours(i + 1L)));
        }
        scenario.restarts().settle();
        assertThat(stuck).noneMatch(scenario::isGone);
        assertThat(scenario.ready(stuck.get(0))).isEqualTo("False SecretMissing");

        scenario.delete(fresh);
        scenario.settle();
        isGone(fresh);
    }

    // ---- what others left stays in use

    @Test
    void aCatchAllThatSomebodyChangedSinceKeepsEmailRoutingOn() {
        MailDomain domain = scenario.domain("example", SPAM);
        CatchAllRule rule = scenario.catchAll("all", TO_WORKER);
        scenario.settle();
        // The dashboard changes the action and leaves the name, with our mark in it.
        scenario.zone(
                "{'catch_all':{'name':'" + scenario.zone().catchAll().name() + "','forward_to':'team@corp.example'}}");
        scenario.delete(rule);
        goesOnceItIsDeleted(domain);
        somebodySays("CatchAllKept");
        somebodySays("RoutingKept");
        assertThat(scenario.zone().routesMail()).isTrue();
    }

    @Test
    void soDoesOneThatIsRetained() {
        MailDomain domain = scenario.domain("example", SPAM);
        CatchAllRule rule = scenario.catchAll("all", "{'deletionPolicy':'Retain'," + TO_WORKER.substring(1));
        scenario.settle();
        scenario.delete(rule);
        goesOnceItIsDeleted(domain);
        somebodySays("RoutingKept");
        assertThat(scenario.zone().routesMail()).isTrue();
        assertThat(scenario.zone().catchAll().enabled()).isTrue();
    }

    // ---- another zone

    @Test
    void whatWasDoneInOneZoneIsNotUndoneInAnother() {
        MailDomain domain =
                scenario.domain("example", "{'subaddressing':true,'subdomains':['in']," + SPAM.substring(1));
        scenario.settle();
        assertThat(scenario.ownership(domain).routing()).isNotNull();
        scenario.controls().removeZone(FakeEnvironment.DOMAIN);
        scenario.zone("{'status':'active','routing':true,'subdomains':['in'],'support_subaddress':true}");
        scenario.settle();
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("False ZoneNotVisible");

        scenario.annotate(domain, "maildomain.io/rebind-zone", "new");
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(scenario.ownership(domain).zone().id())
                .isEqualTo(scenario.zone().id());
        assertThat(scenario.ownership(domain).routing()).isNull();
        assertThat(scenario.ownership(domain).subdomains()).isEmpty();
        assertThat(scenario.ownership(domain).subaddressing()).isNull();

        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.zone().routesMail()).as("it was on before us").isTrue();
        assertThat(scenario.zone().rules()).isEmpty();
    }

    // ---- what an answer means

    private static JsonNode errors(int code, String message) {
        ObjectMapper json = new ObjectMapper();
        return json.createObjectNode()
                .put("success", false)
                .set(
                        "errors",
                        json.createArrayNode()
                                .add(json.createObjectNode().put("code", code).put("message", message)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2010, 0})
    void aRuleThatIsGoneIsDeleted(int code) {
        MailDomain domain = settled(SPAM);
        scenario.controls()
                .failNext("DELETE", "/email/routing/rules/", Fault.status(404, errors(code, "not found"), Map.of()));
        goesOnceItIsDeleted(domain);
        assertThat(scenario.zone().routesMail()).isFalse();
    }

    @Test
    void a404OfTheZoneInPlaceOfTheRuleEndsNothing() {
        MailDomain domain = settled(SPAM);
        scenario.controls()
                .failNext(
                        "DELETE",
                        "/email/routing/rules/",
                        Fault.status(
                                404,
                                errors(7003, "Could not route to /zones/x, perhaps your object identifier is invalid?"),
                                Map.of()));
        scenario.delete(domain);
        scenario.reconcile(domain);
        assertThat(scenario.isGone(domain)).isFalse();
        assertThat(scenario.condition(domain, "Ready").reason()).isEqualTo("NotFound");
        scenario.settle();
        isGone(domain);
        assertThat(scenario.zone().rules()).isEmpty();
    }

    @Test
    void a404OfAProxyForAZoneThatIsListedSaysNothing() {
        MailDomain domain = settled(SPAM);
        scenario.controls().failNext("GET", "/zones/[0-9a-f]{32}$", PROXYS_404);
        goesOnceItIsDeleted(domain);
        assertThat(scenario.zone().rules()).isEmpty();
    }

    @Test
    void a404OfAProxySaysNothing() {
        MailDomain domain = settled(SPAM);
        scenario.controls().failNext("DELETE", "/email/routing/rules/", PROXYS_404);
        scenario.delete(domain);
        scenario.reconcile(domain);
        assertThat(scenario.isGone(domain)).isFalse();
        assertThat(scenario.condition(domain, "Ready").message()).isNotBlank();
        scenario.settle();
        isGone(domain);
        assertThat(scenario.zone().rules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"exists", "404"})
    void aCatchAllThatIsNotThereWhileRoutingIsOffHoldsNothing(String reading) {
        scenario.controls().quirk(Quirk.CATCH_ALL_BEFORE_ENABLING, reading);
        MailDomain domain = scenario.domain("example", SPAM);
        CatchAllRule rule = scenario.catchAll("all", TO_WORKER);
        scenario.settle();
        scenario.zone("{'routing':false}");
        scenario.delete(rule);
        goesOnceItIsDeleted(domain);
        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().rules()).isEmpty();
    }

    @Test
    void oneWhoseTokenIsHeldBackSaysSoAllTheSame() {
        scenario.close();
        scenario = new ScenarioDsl(Options.usual().withMassDeletion(3).withTokenPause(Duration.ofHours(1))).usual();
        scenario.zone("{'status':'active'}");
        MailDomain domain = scenario.domain("example", SPAM);
        MailDomain other = scenario.domain("other", "{'domain':'other.example'}");
        scenario.settle();
        scenario.controls().revokeToken("runtime");
        scenario.reconcile(other);
        scenario.reconcile(other);
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("False TokenInvalid");
        somebodySays("TokenInvalid");
    }

    // ---- the zone

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aZoneAtCloudflareRegistrarGoesOnlyIfThatIsConfirmed(boolean confirmed) {
        MailDomain domain = scenario.domain("bought", "{'domain':'bought.example','zone':{'deletionPolicy':'Delete'}}");
        scenario.settle();
        scenario.controls()
                .changed(
                        "bought.example", zone -> zone.withRegistration(registeredWithCloudflare(zone.registration())));
        if (confirmed) {
            scenario.annotate(domain, "maildomain.io/confirm-zone-deletion", "bought.example");
        }
        goesOnceItIsDeleted(domain);
        assertThat(scenario.controls().zone("bought.example").isPresent()).isEqualTo(!confirmed);
        if (!confirmed) {
            somebodySays("ZoneKept");
        }
    }

    private static io.maildomain.simulator.state.Registration registeredWithCloudflare(
            io.maildomain.simulator.state.Registration known) {
        return new io.maildomain.simulator.state.Registration(
                known.type(),
                known.status(),
                known.paused(),
                known.nameServers(),
                known.vanityNameServers(),
                known.originalNameServers(),
                "Cloudflare, Inc. (id: 1910)",
                known.createdOn(),
                known.modifiedOn(),
                known.activatedOn(),
                known.checkedOn());
    }
}
