package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token that Cloudflare does not take any more is the same trouble to all who work with it: all say what it is, in the same words. */
class RefusedTokenIT {

    private static final List<String> DOMAINS = List.of("one", "two", "three");

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
            "--drift-interval=1h", "--final-base=10m", "--final-cap=10m", "--auth-retry-base=15s", "--probe-retry=1s");

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void domainsAndACatchAllOfOneToken() {
        scene.destination(TEAM);
        for (String name : DOMAINS) {
            scene.settledZone(name + ".example");
            scene.mailDomain(name, name + ".example", rulesOf(forward("a@" + name + ".example", TEAM)));
        }
        DOMAINS.forEach(scene::eventuallyReady);
        scene.catchAll("rest", "three", "drop: true");
        scene.eventuallyCatchAll("rest", StatusAssert::isReady);
    }

    @ParameterizedTest
    @CsvSource({"expired, TokenExpired", "disabled, TokenDisabled"})
    void whatTheAccountLearnsByAskingItsDomainsSayToo(String status, String reason) {
        scene.countFromNow();
        token(Map.of("status", status));
        look("one");

        allSay(reason);
        assertThat(callsIn(zone("two"))).as("no other has to run into it").isZero();

        token(Map.of("status", "active"));
        eventually(() -> {
            look("one");
            assertThatConditions(scene.conditions("one")).isReady();
        });
        DOMAINS.forEach(scene::eventuallyReady);
        scene.eventuallyCatchAll("rest", StatusAssert::isReady);
    }

    @Test
    void aTokenThatIsUsedFromElsewhereThanItsFilterAllowsIsCalledThatByAll() {
        scene.countFromNow();
        rig.control()
                .addFault(Map.of(
                        "path",
                        "^(?!.*tokens/verify).*",
                        "token",
                        "runtime",
                        "times",
                        0,
                        "fault",
                        Map.of(
                                "status",
                                403,
                                "body",
                                Map.of(
                                        "success",
                                        false,
                                        "errors",
                                        List.of(Map.of(
                                                "code",
                                                9109,
                                                "message",
                                                "Cannot use the access token from location: 203.0.113.9"))))));
        look("one");

        allSay("TokenLocationRefused");
        assertThat(scene.conditions("two")).anyMatch(it -> it.message().contains("203.0.113.9"));
        assertThat(callsIn(zone("two"))).isZero();
    }

    private void allSay(String reason) {
        eventually(() -> {
            String words = ready(account().getStatus().conditions()).message();
            assertThat(ready(account().getStatus().conditions()).reason()).isEqualTo(reason);
            for (String name : DOMAINS) {
                Condition ready = ready(scene.conditions(name));
                assertThat(ready.status()).as(name).isEqualTo("False");
                assertThat(ready.reason()).as(name).isEqualTo(reason);
                assertThat(ready.message()).as(name).isEqualTo(words);
            }
        });
        eventually(() -> assertThat(ready(scene.catchAllRule("rest").getStatus().conditions())
                        .status())
                .isEqualTo("False"));
    }

    /** A user asks for a look at a domain. */
    private void look(String name) {
        scene.annotate(name, "maildomain.io/reconcile-requested-at", Long.toString(System.nanoTime()));
    }

    private void token(Map<String, ?> more) {
        Map<String, Object> token = new HashMap<>(Map.of(
                "value", rig.token(),
                "rights", SimulatorControl.RUNTIME_RIGHTS,
                "zones", List.of("*"),
                "accounts", List.of("*")));
        token.putAll(more);
        rig.control().putToken("runtime", token);
    }

    private String zone(String name) {
        return scene.mailDomain(name)
                .getStatus()
                .ownershipRecord()
                .orElseThrow()
                .zone()
                .id();
    }

    private long callsIn(String zone) {
        return scene.calls()
                .filter(call -> call.path("path").asText().contains(zone))
                .count();
    }

    private CloudflareAccount account() {
        return rig.client()
                .resources(CloudflareAccount.class)
                .withName(rig.account())
                .get();
    }

    private static Condition ready(List<Condition> conditions) {
        return Stream.ofNullable(conditions)
                .flatMap(List::stream)
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}
