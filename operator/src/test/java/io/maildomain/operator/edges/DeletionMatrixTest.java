package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.edges.DeletionCase.Origin;
import io.maildomain.operator.edges.DeletionCase.ZoneFate;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Deletion under the combinations of {@link DeletionCase}, every pair of values among them ({@code -Pfaults} or {@code
 * -Dfaults.all}: every combination): either everything is as it was, or the status says why not; it
 * goes on by itself once the reason is gone, and ends when it is told to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletionMatrixTest {

    private static final List<String> TOKEN_TROUBLE =
            List.of("SecretMissing", "TokenInvalid", "TokenRefused", "TokenNotAccepted");

    /** The profile {@code faults} sets it. */
    private static final boolean IS_ALL =
            Boolean.getBoolean("deletion.matrix.all") || System.getProperty("faults.all") != null;

    private final ScenarioDsl scenario = new ScenarioDsl(Options.usual().withMassDeletion(1_000_000)).usual();
    private int count;

    /** A token that takes the place of one that worked is believed that a zone is gone if it sees another one of the account. */
    @BeforeAll
    void anotherZoneOfTheAccount() {
        scenario.controls().putZone("neighbour.example", "{\"status\":\"active\"}");
    }

    @AfterAll
    void stop() {
        scenario.close();
    }

    @TestFactory
    Stream<DynamicTest> deletion() {
        List<DeletionCase> cases = IS_ALL ? DeletionCase.all() : DeletionCase.pairwise();
        return cases.stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> new Play(one).run()));
    }

    /** One case with a domain, a namespace and a token of its own. */
    private final class Play {

        private final DeletionCase one;
        private final int number = ++count;
        private final String domain = "case" + number + ".example";
        private final String namespace = "ns" + number;
        private MailDomain mailDomain;
        private CatchAllRule catchAll;
        private JsonNode before;

        Play(DeletionCase one) {
            this.one = one;
        }

        void run() {
            try {
                play();
            } finally {
                scenario.forget(mailDomain, catchAll);
                scenario.controls().zone(domain).ifPresent(zone -> scenario.controls()
                        .removeZone(domain));
            }
        }

        private void play() {
            prepare();
            JsonNode managed = zoneState();
            fate();
            JsonNode left = zoneState();
            delete();
            scenario.settle();

            if (mailDomainIsDone()) {
                assertThat(scenario.isGone(mailDomain))
                        .as("the MailDomain is gone")
                        .isTrue();
            } else {
                waitsFor(mailDomainCondition());
            }
            if (!scenario.isGone(mailDomain) || !scenario.isGone(catchAll)) {
                assertThat(zoneState()).as("nothing is done by halves").isEqualTo(left);
                letGoOn();
            }
            assertThat(scenario.isGone(mailDomain)).isTrue();
            assertThat(scenario.isGone(catchAll)).isTrue();
            end(managed, left);
        }

        // ---- the beginning

        private void prepare() {
            token("good" + number);
            if (one.origin() != Origin.CREATED) {
                String status = one.zone() == ZoneFate.PENDING ? "pending" : "active";
                scenario.controls()
                        .putZone(
                                domain,
                                one.origin() == Origin.ADOPTED
                                        ? "{\"status\":\"" + status + "\"}"
                                        : ("{'status':'" + status + "','routing':true,'support_subaddress':false,"
                                                        + "'rules':[{'name':'by hand','address':'old@" + domain
                                                        + "','drop':true}],"
                                                        + "'catch_all':{'name':'archive','worker':'mailbox'}}")
                                                .replace('\'', '"'));
                before = zoneState();
            }
            mailDomain = scenario.domain(
                    namespace,
                    "example",
                    "{'domain':'" + domain + "','credentials':{'secretRef':{'name':'tokens'}},'deletionPolicy':'"
                            + one.policy() + "','zone':{'deletionPolicy':'" + one.zonePolicy() + "'},"
                            + "'subdomains':['in'],'subaddressing':true,"
                            + "'rules':[{'address':'spam@" + domain + "','action':{'drop':true}}]}");
            catchAll = scenario.catchAll(namespace, "all", "example", "{'action':{'forwardTo':'team@corp.example'}}");
            scenario.settle();
            if (one.origin() == Origin.CREATED && one.zone() != ZoneFate.PENDING) {
                scenario.controls().activate(domain);
                scenario.settle();
            }
            assertThat(scenario.ready(catchAll)).isEqualTo("True Applied");
        }

        private void fate() {
            switch (one.zone()) {
                case MOVED -> scenario.controls().move(domain);
                case GONE -> scenario.controls().removeZone(domain);
                case HIDDEN -> token("good" + number, "elsewhere.example");
                default -> {}
            }
            switch (one.secret()) {
                case GONE -> scenario.env().secrets().remove(namespace, "tokens");
                case GONE_AND_RESTARTED -> {
                    scenario.env().secrets().remove(namespace, "tokens");
                    scenario.restarts();
                }
                case REVOKED -> scenario.controls().revokeToken("good" + number);
                case REPLACED_BY_A_BAD_ONE -> {
                    secret("0123456789012345678901234567890123456789");
                    scenario.settle();
                }
                default -> {}
            }
        }

        private void delete() {
            switch (one.order()) {
                case DOMAIN_FIRST -> {
                    scenario.delete(mailDomain);
                    scenario.settle();
                    scenario.delete(catchAll);
                }
                case CATCH_ALL_FIRST -> {
                    scenario.delete(catchAll);
                    scenario.settle();
                    scenario.delete(mailDomain);
                }
                case BOTH_AT_ONCE -> {
                    scenario.delete(mailDomain);
                    scenario.delete(catchAll);
                }
                case WHOLE_NAMESPACE -> {
                    scenario.delete(catchAll);
                    scenario.delete(mailDomain);
                    scenario.env().secrets().remove(namespace, "tokens");
                }
            }
        }

        // ---- what must come of it

        private boolean mailDomainIsDone() {
            return one.retains() || one.canCleanUp() || one.canWork() && one.zone() == ZoneFate.GONE;
        }

        private Condition mailDomainCondition() {
            return scenario.condition(mailDomain, "Ready");
        }

        private void waitsFor(Condition ready) {
            assertThat(ready.status()).isNotEqualTo("True");
            assertThat(ready.message()).isNotBlank();
            if (one.canWork()) {
                assertThat(ready.reason()).isIn("PermissionMissing", "ZoneNotVisible");
            } else {
                assertThat(ready.reason()).isIn(TOKEN_TROUBLE);
            }
            assertThat(scenario.events()).anyMatch(event -> event.contains("deletion waits: "));
        }

        /** Half of them get what they wait for, the others are told to give up. */
        private void letGoOn() {
            if (one.heals()) {
                token("good" + number);
            } else {
                if (!scenario.isGone(mailDomain)) {
                    scenario.annotate(mailDomain, "maildomain.io/abandon", "true");
                }
                if (!scenario.isGone(catchAll)) {
                    scenario.annotate(catchAll, "maildomain.io/abandon", "true");
                }
            }
            scenario.settle();
        }

        private void end(JsonNode managed, JsonNode left) {
            boolean undone = !one.retains() && (one.canCleanUp() || one.heals());
            if (one.zone() == ZoneFate.GONE) {
                assertThat(scenario.controls().zone(domain)).isEmpty();
            } else if (!undone && !one.retains()) {
                assertThat(zoneState()).as("given up as it is").isEqualTo(left);
            } else if (undone && !one.keepsZone()) {
                assertThat(scenario.controls().zone(domain))
                        .as("the zone is gone")
                        .isEmpty();
            } else if (undone) {
                wasUndone();
            } else {
                assertThat(withoutCatchAll(zoneState())).as("retained").isEqualTo(withoutCatchAll(left));
            }
            assertThat(managed).isNotEqualTo(before);
        }

        private void wasUndone() {
            if (one.origin() == Origin.CREATED) {
                var zone = scenario.controls().zone(domain).orElseThrow();
                assertThat(zone.rules()).isEmpty();
                assertThat(zone.routesMail()).isFalse();
                assertThat(zone.catchAll().enabled()).isFalse();
            } else {
                assertThat(withoutStatus(zoneState())).as("as it was").isEqualTo(withoutStatus(before));
            }
        }

        // ---- the means

        private void token(String name, String... zones) {
            var token = scenario.controls().putToken(name, ScenarioDsl.runtimeRights());
            String scope = zones.length == 0 ? "*" : zones[0];
            scenario.controls()
                    .putToken(
                            name,
                            new com.fasterxml.jackson.databind.ObjectMapper()
                                    .createObjectNode()
                                    .set(
                                            "zones",
                                            com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                                                    .arrayNode()
                                                    .add(scope)));
            secret(token.value());
        }

        private void secret(String value) {
            scenario.env()
                    .secrets()
                    .holding(
                            namespace,
                            "tokens",
                            "CLOUDFLARE_API_TOKEN",
                            value,
                            "CLOUDFLARE_ACCOUNT_ID",
                            scenario.env().simulator().accountId());
        }

        private JsonNode zoneState() {
            for (JsonNode zone : scenario.controls().comparableState().path("zones")) {
                if (zone.path("name").asText().equals(domain)) {
                    return zone;
                }
            }
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        }

        private static JsonNode withoutCatchAll(JsonNode zone) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) zone).remove("catch_all");
            return zone;
        }

        /** The registrar's doing. */
        private static JsonNode withoutStatus(JsonNode zone) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) zone.path("registration")).remove("status");
            return zone;
        }
    }
}
