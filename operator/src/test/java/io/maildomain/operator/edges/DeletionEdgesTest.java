package io.maildomain.operator.edges;

import static io.maildomain.operator.edges.World.SPAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
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

/** What the matrix of deletions does not hold: the brake, guards, what others left, and what an answer means. */
class DeletionEdgesTest {

    private static final String TO_WORKER = "{'action':{'worker':'mailbox'}}";

    private World world = new World(3).usual();

    @BeforeEach
    void anActiveZone() {
        world.zone("{'status':'active'}");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void isGone(MailDomain domain) {
        assertThat(world.isGone(domain)).isTrue();
    }

    private void somebodySays(String reason) {
        assertThat(world.events).anyMatch(event -> event.startsWith(reason + ": "));
    }

    // ---- the brake on mass deletion

    private List<MailDomain> managed(int count) {
        List<MailDomain> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "many" + made.size() + "-" + count;
            world.controls().putZone(name + ".example", "{}");
            made.add(world.domain(name, "{'domain':'" + name + ".example'}"));
        }
        world.settle();
        return made;
    }

    @Test
    void manyDeletionsHoldUntilSomebodySaysThatTheyAreMeant() {
        List<MailDomain> all = managed(5);
        all.forEach(world::delete);
        world.settle();
        for (MailDomain held : all) {
            assertThat(world.ready(held)).isEqualTo("False DeletionHeld");
            assertThat(world.condition(held, "Ready").message()).contains("allow-mass-deletion: \"5\"");
        }
        somebodySays("DeletionHeld");

        world.restarts().settle();
        assertThat(world.isGone(all.get(0))).as("a restart releases nothing").isFalse();

        world.cluster
                .account("default")
                .orElseThrow()
                .getMetadata()
                .setAnnotations(Map.of("maildomain.io/allow-mass-deletion", "5"));
        world.settle();
        all.forEach(this::isGone);
    }

    @Test
    void deletionsInTurnHoldOnceTheyAreTooMany() {
        List<MailDomain> all = managed(5);
        for (MailDomain domain : all) {
            world.delete(domain);
            world.turn();
        }
        assertThat(all.stream().filter(world::isGone)).hasSize(3);
        assertThat(world.ready(all.get(4))).isEqualTo("False DeletionHeld");
    }

    @Test
    void aHeldDeletionIsNotReleasedByTime() {
        List<MailDomain> all = managed(5);
        all.forEach(domain -> world.delete(domain, Instant.now().minus(Duration.ofDays(2))));
        world.settle();
        assertThat(all).noneMatch(world::isGone);
    }

    @Test
    void deletionsThatWaitForSomethingElseSinceLongAgoHoldNoNewOne() {
        List<MailDomain> stuck = managed(4);
        MailDomain fresh = world.domain("example", SPAM);
        world.settle();
        String secret = "{'secretRef':{'name':'never-there'}}";
        for (int i = 0; i < stuck.size(); i++) {
            String name = stuck.get(i).getMetadata().getName();
            MailDomain changed = world.domain(name, "{'domain':'" + name + ".example','credentials':" + secret + "}");
            world.delete(changed, Instant.now().minus(Duration.ofHours(i + 1L)));
        }
        world.restarts().settle();
        assertThat(stuck).noneMatch(world::isGone);
        assertThat(world.ready(stuck.get(0))).isEqualTo("False SecretMissing");

        world.delete(fresh);
        world.settle();
        isGone(fresh);
    }

    // ---- what others left stays in use

    @Test
    void aCatchAllThatSomebodyChangedSinceKeepsEmailRoutingOn() {
        MailDomain domain = world.domain("example", SPAM);
        CatchAllRule rule = world.catchAll("all", TO_WORKER);
        world.settle();
        // The dashboard changes the action and leaves the name, with our mark in it.
        world.zone("{'catch_all':{'name':'" + world.zone().catchAll().name() + "','forward_to':'team@corp.example'}}");
        world.delete(rule);
        world.delete(domain);
        world.settle();
        isGone(domain);
        somebodySays("CatchAllKept");
        somebodySays("RoutingKept");
        assertThat(world.zone().routesMail()).isTrue();
    }

    @Test
    void soDoesOneThatIsRetained() {
        MailDomain domain = world.domain("example", SPAM);
        CatchAllRule rule = world.catchAll("all", "{'deletionPolicy':'Retain'," + TO_WORKER.substring(1));
        world.settle();
        world.delete(rule);
        world.delete(domain);
        world.settle();
        isGone(domain);
        somebodySays("RoutingKept");
        assertThat(world.zone().routesMail()).isTrue();
        assertThat(world.zone().catchAll().enabled()).isTrue();
    }

    // ---- another zone

    @Test
    void whatWasDoneInOneZoneIsNotUndoneInAnother() {
        MailDomain domain = world.domain("example", "{'subaddressing':true,'subdomains':['in']," + SPAM.substring(1));
        world.settle();
        assertThat(world.ledger(domain).routing()).isNotNull();
        world.controls().removeZone(World.DOMAIN);
        world.zone("{'status':'active','routing':true,'subdomains':['in'],'support_subaddress':true}");
        world.settle();
        world.settle();
        assertThat(world.ready(domain)).isEqualTo("False ZoneNotVisible");

        world.annotate(domain, "maildomain.io/rebind-zone", "new");
        world.settle();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
        assertThat(world.ledger(domain).zone().id()).isEqualTo(world.zone().id());
        assertThat(world.ledger(domain).routing()).isNull();
        assertThat(world.ledger(domain).subdomains()).isEmpty();
        assertThat(world.ledger(domain).subaddressing()).isNull();

        world.delete(domain);
        world.settle();
        assertThat(world.zone().routesMail()).as("it was on before us").isTrue();
        assertThat(world.zone().rules()).isEmpty();
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
        MailDomain domain = world.domain("example", SPAM);
        world.settle();
        world.controls()
                .failNext("DELETE", "/email/routing/rules/", Fault.status(404, errors(code, "not found"), Map.of()));
        world.delete(domain);
        world.settle();
        isGone(domain);
        assertThat(world.zone().routesMail()).isFalse();
    }

    @Test
    void a404OfTheZoneInPlaceOfTheRuleEndsNothing() {
        MailDomain domain = world.domain("example", SPAM);
        world.settle();
        world.controls()
                .failNext(
                        "DELETE",
                        "/email/routing/rules/",
                        Fault.status(
                                404,
                                errors(7003, "Could not route to /zones/x, perhaps your object identifier is invalid?"),
                                Map.of()));
        world.delete(domain);
        world.reconcile(domain);
        assertThat(world.isGone(domain)).isFalse();
        assertThat(world.condition(domain, "Ready").reason()).isEqualTo("NotFound");
        world.settle();
        isGone(domain);
        assertThat(world.zone().rules()).isEmpty();
    }

    @Test
    void a404OfAProxyForAZoneThatIsListedSaysNothing() {
        MailDomain domain = world.domain("example", SPAM);
        world.settle();
        world.controls()
                .failNext(
                        "GET",
                        "/zones/[0-9a-f]{32}$",
                        Fault.status(404, TextNode.valueOf("<html>not here</html>"), Map.of()));
        world.delete(domain);
        world.settle();
        isGone(domain);
        assertThat(world.zone().rules()).isEmpty();
    }

    @Test
    void a404OfAProxySaysNothing() {
        MailDomain domain = world.domain("example", SPAM);
        world.settle();
        world.controls()
                .failNext(
                        "DELETE",
                        "/email/routing/rules/",
                        Fault.status(404, TextNode.valueOf("<html>not here</html>"), Map.of()));
        world.delete(domain);
        world.reconcile(domain);
        assertThat(world.isGone(domain)).isFalse();
        assertThat(world.condition(domain, "Ready").message()).isNotBlank();
        world.settle();
        isGone(domain);
        assertThat(world.zone().rules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"exists", "404"})
    void aCatchAllThatIsNotThereWhileRoutingIsOffHoldsNothing(String reading) {
        world.controls().quirk(Quirk.CATCH_ALL_BEFORE_ENABLING, reading);
        MailDomain domain = world.domain("example", SPAM);
        CatchAllRule rule = world.catchAll("all", TO_WORKER);
        world.settle();
        world.zone("{'routing':false}");
        world.delete(rule);
        world.delete(domain);
        world.settle();
        isGone(domain);
        assertThat(world.isGone(rule)).isTrue();
        assertThat(world.zone().rules()).isEmpty();
    }

    @Test
    void oneWhoseTokenIsHeldBackSaysSoAllTheSame() {
        world.close();
        world = new World(3, Duration.ofHours(1)).usual();
        world.zone("{'status':'active'}");
        MailDomain domain = world.domain("example", SPAM);
        MailDomain other = world.domain("other", "{'domain':'other.example'}");
        world.settle();
        world.controls().revokeToken("runtime");
        world.reconcile(other);
        world.reconcile(other);
        world.delete(domain);
        world.settle();
        assertThat(world.ready(domain)).isEqualTo("Unknown TokenRefused");
        somebodySays("TokenRefused");
    }

    // ---- the zone

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aZoneAtCloudflareRegistrarGoesOnlyIfThatIsConfirmed(boolean confirmed) {
        MailDomain domain = world.domain("bought", "{'domain':'bought.example','zone':{'deletionPolicy':'Delete'}}");
        world.settle();
        world.controls()
                .changed(
                        "bought.example", zone -> zone.withRegistration(registeredWithCloudflare(zone.registration())));
        if (confirmed) {
            world.annotate(domain, "maildomain.io/confirm-zone-deletion", "bought.example");
        }
        world.delete(domain);
        world.settle();
        isGone(domain);
        assertThat(world.controls().zone("bought.example").isPresent()).isEqualTo(!confirmed);
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
