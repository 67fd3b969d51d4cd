package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.edges.DeletionCase.Origin;
import io.maildomain.operator.edges.DeletionCase.ZoneFate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Deletion under every combination of {@link DeletionCase}: either everything is as it was, or the status says why not; it
 * goes on by itself once the reason is gone, and lets go when it is told to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletionMatrixTest {

    private static final List<String> TOKEN_TROUBLE =
            List.of("SecretMissing", "TokenInvalid", "TokenRefused", "TokenNotAccepted");

    private final World world = new World(1_000_000).usual();
    private int count;

    @AfterAll
    void stop() {
        world.close();
    }

    @TestFactory
    Stream<DynamicTest> deletion() {
        return DeletionCase.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> new Play(one).run()));
    }

    /** One case with a domain, a namespace and a token of its own. */
    private final class Play {

        private final DeletionCase one;
        private final int number = ++count;
        private final String domain = "case" + number + ".example";
        private final String namespace = "ns" + number;
        private final boolean heals = number % 2 == 0;
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
                world.forget(mailDomain, catchAll);
                world.controls().zone(domain).ifPresent(zone -> world.controls().removeZone(domain));
            }
        }

        private void play() {
            prepare();
            JsonNode managed = zoneState();
            fate();
            JsonNode left = zoneState();
            delete();
            world.settle();

            if (mailDomainIsDone()) {
                assertThat(world.isGone(mailDomain))
                        .as("the MailDomain is let go")
                        .isTrue();
            } else {
                waitsFor(mailDomainCondition());
            }
            if (!world.isGone(mailDomain) || !world.isGone(catchAll)) {
                assertThat(zoneState()).as("nothing is done by halves").isEqualTo(left);
                letGoOn();
            }
            assertThat(world.isGone(mailDomain)).isTrue();
            assertThat(world.isGone(catchAll)).isTrue();
            end(managed, left);
        }

        // ---- the beginning

        private void prepare() {
            token("good" + number);
            if (one.origin() != Origin.CREATED) {
                String status = one.zone() == ZoneFate.PENDING ? "pending" : "active";
                world.controls()
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
            mailDomain = world.domain(
                    namespace,
                    "example",
                    "{'domain':'" + domain + "','credentials':{'secretRef':{'name':'tokens'}},'deletionPolicy':'"
                            + one.policy() + "','zone':{'deletionPolicy':'" + one.zonePolicy() + "'},"
                            + "'subdomains':['in'],'subaddressing':true,"
                            + "'rules':[{'address':'spam@" + domain + "','action':{'drop':true}}]}");
            catchAll = world.catchAll(namespace, "all", "example", "{'action':{'forwardTo':'team@corp.example'}}");
            world.settle();
            if (one.origin() == Origin.CREATED && one.zone() != ZoneFate.PENDING) {
                world.controls().activate(domain);
                world.settle();
            }
            assertThat(world.ready(catchAll)).isEqualTo("True Applied");
        }

        private void fate() {
            switch (one.zone()) {
                case MOVED -> world.controls().move(domain);
                case GONE -> world.controls().removeZone(domain);
                case HIDDEN -> token("good" + number, "elsewhere.example");
                default -> {}
            }
            switch (one.secret()) {
                case GONE -> world.secrets.remove(namespace, "tokens");
                case GONE_AND_RESTARTED -> {
                    world.secrets.remove(namespace, "tokens");
                    world.restarts();
                }
                case REVOKED -> world.controls().revokeToken("good" + number);
                case REPLACED_BY_A_BAD_ONE -> {
                    secret("0123456789012345678901234567890123456789");
                    world.settle();
                }
                default -> {}
            }
        }

        private void delete() {
            switch (one.order()) {
                case DOMAIN_FIRST -> {
                    world.delete(mailDomain);
                    world.settle();
                    world.delete(catchAll);
                }
                case CATCH_ALL_FIRST -> {
                    world.delete(catchAll);
                    world.settle();
                    world.delete(mailDomain);
                }
                case BOTH_AT_ONCE -> {
                    world.delete(mailDomain);
                    world.delete(catchAll);
                }
                case WHOLE_NAMESPACE -> {
                    world.delete(catchAll);
                    world.delete(mailDomain);
                    world.secrets.remove(namespace, "tokens");
                }
            }
        }

        // ---- what must come of it

        private boolean mailDomainIsDone() {
            return one.retains() || one.canUndo() || one.canWork() && one.zone() == ZoneFate.GONE;
        }

        private Condition mailDomainCondition() {
            return world.condition(mailDomain, "Ready");
        }

        private void waitsFor(Condition ready) {
            assertThat(ready.status()).isNotEqualTo("True");
            assertThat(ready.message()).isNotBlank();
            if (one.canWork()) {
                assertThat(ready.reason()).isIn("PermissionMissing", "ZoneNotVisible");
            } else {
                assertThat(ready.reason()).isIn(TOKEN_TROUBLE);
            }
            assertThat(world.events).anyMatch(event -> event.contains("deletion waits: "));
        }

        /** Half of them get what they wait for, the others are told to let go. */
        private void letGoOn() {
            if (heals) {
                token("good" + number);
            } else {
                if (!world.isGone(mailDomain)) {
                    world.annotate(mailDomain, "maildomain.io/abandon", "true");
                }
                if (!world.isGone(catchAll)) {
                    world.annotate(catchAll, "maildomain.io/abandon", "true");
                }
            }
            world.settle();
        }

        private void end(JsonNode managed, JsonNode left) {
            boolean undone = !one.retains() && (one.canUndo() || heals);
            if (one.zone() == ZoneFate.GONE) {
                assertThat(world.controls().zone(domain)).isEmpty();
            } else if (!undone && !one.retains()) {
                assertThat(zoneState()).as("let go as it is").isEqualTo(left);
            } else if (undone && !one.keepsZone()) {
                assertThat(world.controls().zone(domain)).as("the zone is gone").isEmpty();
            } else if (undone) {
                wasUndone();
            } else {
                assertThat(withoutCatchAll(zoneState())).as("retained").isEqualTo(withoutCatchAll(left));
            }
            assertThat(managed).isNotEqualTo(before);
        }

        private void wasUndone() {
            if (one.origin() == Origin.CREATED) {
                var zone = world.controls().zone(domain).orElseThrow();
                assertThat(zone.rules()).isEmpty();
                assertThat(zone.routesMail()).isFalse();
                assertThat(zone.catchAll().enabled()).isFalse();
            } else {
                assertThat(withoutStatus(zoneState())).as("as it was").isEqualTo(withoutStatus(before));
            }
        }

        // ---- the means

        private void token(String name, String... zones) {
            var token = world.controls().putToken(name, World.RUNTIME);
            String scope = zones.length == 0 ? "*" : zones[0];
            world.controls()
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
            world.secrets.holding(
                    namespace,
                    "tokens",
                    "CLOUDFLARE_API_TOKEN",
                    value,
                    "CLOUDFLARE_ACCOUNT_ID",
                    world.simulator.accountId());
        }

        private JsonNode zoneState() {
            for (JsonNode zone : world.controls().comparableState().path("zones")) {
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
