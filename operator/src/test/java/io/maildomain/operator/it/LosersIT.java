package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.ApiServerProxy;
import io.maildomain.harness.ApiServerRequest;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hundreds that want what one has cost next to nothing: neither at the API server nor at Cloudflare. */
class LosersIT {

    private static final int MANY = 100;
    private static final String DOMAIN = "settled.example";
    private static final Predicate<ApiServerRequest> READS =
            seen -> seen.method().equals("GET") && !seen.isWatch();

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m").withoutOperator();

    private final Scene scene = new Scene(rig);
    private ApiServerProxy proxy;
    private OperatorProcess operator;

    @BeforeEach
    void byWayOfAProxyThatCounts() {
        scene.destination(TEAM);
        rig.control().putWorker("mailbox");
        scene.settledZone(DOMAIN);
        proxy = ApiServerProxy.withPlainWatches(KubeApi.shared().config());
        operator = ProxiedOperator.start(rig, proxy);
        ProxiedOperator.leads(operator);
    }

    @AfterEach
    void stop() {
        operator.kill();
        proxy.close();
    }

    private <T extends CustomResource<?, ?>> void allButOneLose(
            Class<T> kind, Function<T, List<Condition>> conditions) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    List<String> reasons =
                            rig.client().resources(kind).inNamespace(rig.namespace()).list().getItems().stream()
                                    .map(resource ->
                                            resource.getStatus() == null ? "" : ready(conditions.apply(resource)))
                                    .toList();
                    assertThat(reasons).hasSize(MANY);
                    assertThat(reasons.stream().filter("Conflict"::equals)).hasSize(MANY - 1);
                });
    }

    private static String ready(List<Condition> conditions) {
        return conditions == null
                ? ""
                : conditions.stream()
                        .filter(condition -> condition.type().equals("Ready"))
                        .map(Condition::reason)
                        .findFirst()
                        .orElse("");
    }

    /** Nothing is read while nothing changes. */
    private void atRest() {
        long before = proxy.count(READS);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(30)).until(() -> true);
        assertThat(proxy.count(READS) - before)
                .as("reads while nothing changes")
                .isLessThan(10);
    }

    @Test
    void aHundredCatchAllRulesForOneMailDomain() {
        scene.mailDomain("settled", DOMAIN);
        scene.eventuallyReady("settled");
        for (int i = 0; i < MANY; i++) {
            scene.catchAll("rule-" + i, "settled", "worker: mailbox");
        }
        allButOneLose(CatchAllRule.class, rule -> rule.getStatus().conditions());
        assertThat(proxy.count(READS.and(seen -> seen.target().contains("catchallrules"))))
                .as("reads of CatchAllRules, each of which is written to once")
                .isLessThan(6L * MANY);
        atRest();
        // Each word of the domain's status wakes its rules, and they have nothing to ask.
        long before = proxy.count(READS);
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        atRest();
        assertThat(proxy.count(READS) - before).isLessThan(MANY);
    }

    @Test
    void aHundredMailDomainsForOneDomain() {
        for (int i = 0; i < MANY; i++) {
            scene.mailDomain("domain-" + i, DOMAIN);
        }
        allButOneLose(MailDomain.class, domain -> domain.getStatus().conditions());
        assertThat(scene.calls()
                        .filter(call -> !call.path("token").asText().equals("start"))
                        .filter(call -> call.path("path").asText().contains("/zones?")))
                .as("looks for a zone, of which one was worth making")
                .hasSizeLessThan(5);
        scene.cloudflareIsLeftAlone(Duration.ofSeconds(2));
        atRest();
    }
}
