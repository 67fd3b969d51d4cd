package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.harness.OperatorExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal that comes once, to a sweep or to a domain's own look, is no news; one that comes again is. */
class StrayRefusalIT {

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=1s", "--final-base=10m", "--final-cap=10m");

    private final Scene scene = new Scene(rig);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/email/routing(/zones[?]|$) ; 10000 ; Authentication error",
                "/email/routing/rules ; 10000 ; Authentication error",
                "/zones(/[0-9a-f]{32}$|[?]account) ; 9109 ; Unauthorized to access requested resource",
                "/zones(/[0-9a-f]{32}$|[?]account) ; 9109 ; Invalid access token",
            })
    void oneStrayRefusalChangesNothingAndASecondOneIsBelieved(String path, int code, String message) {
        scene.destination(TEAM);
        for (String name : List.of("one", "two")) {
            scene.settledZone(name + ".example");
            scene.mailDomain(name, name + ".example", rulesOf(forward("a@" + name + ".example", TEAM)));
            scene.eventuallyReady(name);
        }
        List<Condition> one = scene.conditions("one");
        List<Condition> two = scene.conditions("two");

        fault(path, code, message, 1);
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(scene.conditions("one")).isEqualTo(one);
            assertThat(scene.conditions("two")).isEqualTo(two);
        });
        assertThat(rig.control().faults().toString()).contains("\"fired\":1");

        fault(path, code, message, 0);
        // Both use one token: the one that asks next is told, the other one's calls are held back meanwhile.
        Scene.eventually(() -> assertThat(List.of("one", "two"))
                .anySatisfy(name -> assertThatConditions(scene.conditions(name)).has("Ready", "False")));
    }

    private void fault(String path, int code, String message, int times) {
        Map<String, ?> body = Map.of(
                "success", false, "errors", List.of(Map.of("code", code, "message", message)), "messages", List.of());
        rig.control()
                .addFault(Map.of(
                        "method",
                        "GET",
                        "path",
                        path,
                        "token",
                        "runtime",
                        "times",
                        times,
                        "fault",
                        Map.of("status", 403, "body", body)));
    }
}
