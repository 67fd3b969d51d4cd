package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.api.v1alpha1.RightStatus;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of the five rights of the deploy surface is taken away in turn: exactly that one is named, and once it is given back all heals by itself. */
class DeployRightsIT {

    private static final String DOMAIN = "settled.example";
    private static final String TOKEN = "the-deploy-token-of-this-test-0123456789";
    private static final List<String> RIGHTS = List.of(
            "Account: D1: Edit",
            "Account: Workers Scripts: Edit",
            "Account: Workers R2 Storage: Edit",
            "Account: Cloudflare Pages: Edit",
            "Zone: Workers Routes: Edit");

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--deploying",
                    "--drift-interval=500ms",
                    "--final-base=300ms",
                    "--final-cap=1s",
                    "--probe-retry=500ms",
                    "--probe-interval=1s")
            .withChart(Map.of("deploying", Map.of("enabled", true, "configMaps", List.of("files"))));

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void allThatAWorkerNeeds() {
        scene.destination(TEAM);
        scene.settledZone(DOMAIN);
        // By this reading the five rights are enough.
        rig.control().quirk("zones-list-needs", "any-zone-right");
        String account = "/accounts/" + SimulatorControl.ACCOUNT_ID;
        rig.dashboard().call("POST", account + "/d1/database", Map.of("name", "mail-db"));
        rig.dashboard().call("POST", account + "/r2/buckets", Map.of("name", "mail-bucket"));
        rig.control().putToken("deploy", TOKEN, RIGHTS);
        rig.putSecret(Map.of(
                "CLOUDFLARE_RUNTIME_API_TOKEN",
                rig.token(),
                "CLOUDFLARE_DEPLOY_API_TOKEN",
                TOKEN,
                "CLOUDFLARE_ACCOUNT_ID",
                SimulatorControl.ACCOUNT_ID));
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %s}
                spec:
                  secretRef: {namespace: %s, name: cloudflare-tokens}
                  access:
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}
                    domains: ["*"]
                    forwardTo: ["*"]
                    deploy: {workers: [inbound], databases: [mail-db], buckets: [mail-bucket], hostnames: ["*.settled.example"]}
                """.formatted(rig.account(), rig.operatorNamespace(), rig.namespace()));
        rig.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("files")
                        .withNamespace(rig.namespace())
                        .endMetadata()
                        .addToData("index.js", "export default {}")
                        .addToData("0001_init.sql", "CREATE TABLE mails(sender TEXT);")
                        .build())
                .serverSideApply();
    }

    private void isDeployed() {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailWorker
                metadata: {name: inbound, namespace: %s}
                spec:
                  accountRef: {name: %s}
                  script: inbound
                  source: {configMap: {name: files}}
                  compatibilityDate: "2026-04-01"
                  databases: [{binding: DB, name: mail-db, migrations: {path: "."}}]
                  buckets: [{binding: BUCKET, name: mail-bucket}]
                  customDomains: [api.settled.example]
                  routes: [{pattern: "www.settled.example/api/*"}]
                """.formatted(rig.namespace(), rig.account()));
        eventually(() -> assertThatConditions(conditions()).isReady());
    }

    private MailWorker worker() {
        return rig.client()
                .resources(MailWorker.class)
                .inNamespace(rig.namespace())
                .withName("inbound")
                .get();
    }

    private List<Condition> conditions() {
        return worker().getStatus().conditions();
    }

    private Condition ofDeployToken() {
        return scene.account().getStatus().condition("DeployTokenValid").orElseThrow();
    }

    /** What the account's status says of each right. */
    private List<String> missing() {
        return scene.account().getStatus().deploy().rights().stream()
                .filter(right -> right.state() == RightState.Missing)
                .map(RightStatus::right)
                .toList();
    }

    private static List<String> rightsIn(String text) {
        return RIGHTS.stream().filter(text::contains).toList();
    }

    private void isNamedAndNoOther(String right, Condition condition) {
        assertThat(condition.status()).as("%s", condition).isEqualTo("False");
        assertThat(condition.reason()).as("%s", condition).isEqualTo("PermissionMissing");
        assertThat(rightsIn(condition.message())).as("%s", condition).containsExactly(right);
    }

    /** @param hindered the condition of the MailWorker that says so; none needs the right of Pages */
    @ParameterizedTest
    @CsvSource({
        "Account: D1: Edit, TargetsReady",
        "Account: Workers Scripts: Edit, Deployed",
        "Account: Workers R2 Storage: Edit, TargetsReady",
        "Account: Cloudflare Pages: Edit,",
        "Zone: Workers Routes: Edit, TargetsReady"
    })
    void aRightThatIsTakenAwayIsNamedAndHealsOnceItIsGivenBack(String right, String hindered) {
        // The right of a zone is asked for at a zone that there is a MailDomain for.
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        isDeployed();
        String served = worker().getStatus().serving().id();
        eventually(() -> assertThat(ofDeployToken().status()).isEqualTo("True"));
        List<String> others = new ArrayList<>(RIGHTS);
        others.remove(right);

        rig.control().putToken("deploy", TOKEN, others);

        eventually(() -> {
            isNamedAndNoOther(right, ofDeployToken());
            assertThat(missing()).containsExactly(right);
        });
        if (hindered == null) {
            assertThatConditions(conditions()).isReady();
        } else {
            eventually(() -> {
                List<Condition> said = conditions();
                assertThat(said)
                        .filteredOn(condition -> condition.status().equals("False"))
                        .extracting(Condition::type)
                        .containsExactlyInAnyOrder("Ready", hindered);
                said.stream()
                        .filter(condition -> condition.status().equals("False"))
                        .forEach(condition -> isNamedAndNoOther(right, condition));
            });
        }

        rig.control().putToken("deploy", TOKEN, RIGHTS);

        eventually(() -> {
            assertThatConditions(conditions()).isReady();
            assertThat(ofDeployToken().status()).isEqualTo("True");
            assertThat(missing()).isEmpty();
        });
        assertThat(worker().getStatus().serving().id()).isEqualTo(served);
    }
}
