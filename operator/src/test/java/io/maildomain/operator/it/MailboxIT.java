package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes of two teams on a real API server, under the rights that the chart gives for them. */
class MailboxIT {

    private static final String DOMAIN = "boxes.example";

    /** So long after its expiry may a rule still stand. */
    private static final Duration IN_TIME = Duration.ofSeconds(5);

    private static final Duration START = Duration.ofSeconds(60);

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--mailboxes", "--drift-interval=10m")
            .withChart(Map.of("mailboxes", Map.of("enabled", true)));

    private final Scene scene = new Scene(rig);
    private String zone;

    @BeforeEach
    void aMailDomainThatLetsBothTeamsIn() {
        rig.control().putWorker("mailbox");
        zone = scene.settledZone(DOMAIN);
        scene.mailDomain("boxes", DOMAIN, """
                mailboxes: [{namespaces: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [%s, %s]}]}, \
                addresses: ["*@%s"], workers: [mailbox]}]\
                """.formatted(rig.namespace(), rig.otherNamespace(), DOMAIN));
        scene.eventuallyReady("boxes");
    }

    private Resource<Mailbox> mailbox(String namespace, String name) {
        return rig.client().resources(Mailbox.class).inNamespace(namespace).withName(name);
    }

    /** As a tool of GitOps applies it, under a name of its own. */
    private void apply(String manager, String namespace, String name, String ttl) {
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        mailbox.setSpec(new MailboxSpec(
                new MailboxDomainRef("boxes", rig.namespace()),
                name + "@" + DOMAIN,
                Action.handingTo("mailbox"),
                null,
                ttl,
                null,
                null));
        rig.client()
                .resource(mailbox)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .build());
    }

    private void eventuallyStands(String namespace, String name, MailboxState state) {
        eventually(() -> {
            Mailbox mailbox = mailbox(namespace, name).get();
            MailboxStatus status = mailbox.getStatus();
            assertThat(status.observedGeneration())
                    .isEqualTo(mailbox.getMetadata().getGeneration());
            assertThat(status.state()).as(String.valueOf(status.conditions())).isEqualTo(state);
        });
    }

    @Test
    void twoTeamsHaveMailboxesAndPruningOneLeavesTheOthersMailUntouched() {
        apply("team-a", rig.namespace(), "a", null);
        apply("team-b", rig.otherNamespace(), "b", null);
        eventuallyStands(rig.namespace(), "a", MailboxState.Active);
        eventuallyStands(rig.otherNamespace(), "b", MailboxState.Active);
        JsonNode before = scene.rule(zone, "b@" + DOMAIN);
        scene.countFromNow();

        mailbox(rig.namespace(), "a").delete();

        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("b@" + DOMAIN));
        scene.cloudflareIsLeftAlone(Duration.ofSeconds(2));
        assertThat(scene.writes()).isEqualTo(1);
        assertThat(scene.rule(zone, "b@" + DOMAIN)).isEqualTo(before);
    }

    /** It can hold up no namespace. */
    @Test
    void aMailboxHasNoFinalizerAndIsGoneAtOnce() {
        apply("team-a", rig.namespace(), "a", null);
        eventuallyStands(rig.namespace(), "a", MailboxState.Active);

        assertThat(mailbox(rig.namespace(), "a").get().getMetadata().getFinalizers())
                .isEmpty();
        mailbox(rig.namespace(), "a").delete();
        assertThat(mailbox(rig.namespace(), "a").get()).isNull();
        eventually(() -> assertThat(scene.addresses(zone)).isEmpty());
    }

    @Test
    void oneThatExpiresLosesItsRuleInTime() {
        apply("team-a", rig.namespace(), "a", "8s");
        eventuallyStands(rig.namespace(), "a", MailboxState.Active);

        goesInTime("a");
        eventuallyStands(rig.namespace(), "a", MailboxState.Expired);
    }

    @Test
    void oneThatExpiresAfterARestartDoesSoInTimeToo() {
        apply("team-a", rig.namespace(), "a", "25s");
        eventuallyStands(rig.namespace(), "a", MailboxState.Active);

        rig.restartOperator();

        goesInTime("a");
        eventuallyStands(rig.namespace(), "a", MailboxState.Expired);
    }

    /** In a moment in which none leads one of them expires; the other one expires under the next leader. */
    @ParameterizedTest(name = "killed: {0}")
    @ValueSource(booleans = {true, false})
    void thoseThatExpireWhileTheLeaderChangesAndAfterItLoseTheirRules(boolean killed) {
        rig.operator().kill();
        try (OperatorProcess first = replica("first");
                OperatorProcess second = replica("second")) {
            OperatorProcess leader = first.get("/readyz").body().contains("leading") ? first : second;
            apply("team-a", rig.namespace(), "between", "7s");
            apply("team-a", rig.namespace(), "later", "35s");
            eventuallyStands(rig.namespace(), "between", MailboxState.Active);
            eventuallyStands(rig.namespace(), "later", MailboxState.Active);
            scene.countFromNow();

            end(leader, killed);

            eventually(() -> assertThat(scene.addresses(zone)).containsExactly("later@" + DOMAIN));
            eventuallyStands(rig.namespace(), "between", MailboxState.Expired);
            eventuallyStands(rig.namespace(), "later", MailboxState.Active);
            goesInTime("later");
            eventuallyStands(rig.namespace(), "later", MailboxState.Expired);
            assertThat(scene.writes()).as("one for each rule").isEqualTo(2);
        }
    }

    private static void end(OperatorProcess leader, boolean killed) {
        if (killed) {
            leader.kill();
        } else {
            leader.terminate();
        }
    }

    /** One of two that know each other by the Lease. */
    private OperatorProcess replica(String name) {
        OperatorProcess.Launch launch = rig.launch()
                .with(
                        "--leader-election",
                        "--pod-name=" + name,
                        "--lease-duration=6s",
                        "--renew-deadline=4s",
                        "--retry-period=1s",
                        "--call-timeout=3s");
        Path log = launch.log().resolveSibling(launch.log().getFileName() + "." + name);
        rig.alsoLog(log);
        return OperatorProcess.start(new OperatorProcess.Launch(
                        launch.jar(),
                        launch.kubeconfig(),
                        launch.operatorNamespace(),
                        launch.cloudflare(),
                        launch.options(),
                        log))
                .awaitReady(START);
    }

    private void goesInTime(String name) {
        Instant expires = mailbox(rig.namespace(), name).get().getStatus().expiresAt();
        await().atMost(Duration.between(Instant.now(), expires).plus(IN_TIME))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> scene.addresses(zone).isEmpty());
        assertThat(Instant.now()).as("not before its time").isAfterOrEqualTo(expires);
    }

    @Test
    void manyComeAndGoWithoutMoreWritesThanRules() {
        scene.countFromNow();
        List<String> names = IntStream.range(0, 30).mapToObj(i -> "m" + i).toList();

        names.forEach(name -> apply("team-a", rig.namespace(), name, null));
        eventually(() -> assertThat(scene.addresses(zone)).hasSize(30));
        names.forEach(name -> eventuallyStands(rig.namespace(), name, MailboxState.Active));
        names.forEach(name -> mailbox(rig.namespace(), name).delete());
        // That many may be a slip.
        scene.eventuallyDomain("boxes", status -> status.isNotReadyBecause("DeletionHeld"));
        assertThat(scene.addresses(zone)).hasSizeGreaterThanOrEqualTo(10);
        scene.annotate("boxes", "maildomain.io/allow-mass-deletion", "30");
        eventually(() -> assertThat(scene.addresses(zone)).isEmpty());

        scene.cloudflareIsLeftAlone(Duration.ofSeconds(2));
        assertThat(scene.writes()).isEqualTo(60);
    }

    @Test
    void oneOfAMailDomainThatIsNotThereSaysSo() {
        Mailbox lost = new Mailbox();
        lost.setMetadata(new ObjectMetaBuilder()
                .withNamespace(rig.otherNamespace())
                .withName("lost")
                .build());
        lost.setSpec(
                MailboxSpec.of(new MailboxDomainRef("other", null), "lost@" + DOMAIN, Action.handingTo("mailbox")));
        rig.client().resource(lost).create();

        eventuallyStands(rig.otherNamespace(), "lost", MailboxState.NotAttached);
    }

    /** The operator deletes none, and writes nothing but their status. */
    @Test
    void theOperatorMayDoNoMoreThanItNeeds() {
        assertThat(rig.mayOperator("patch", "maildomain.io", "mailboxes", rig.namespace()))
                .isFalse();
        assertThat(rig.mayOperator("delete", "maildomain.io", "mailboxes", rig.namespace()))
                .isFalse();
        assertThat(rig.mayOperator("watch", "maildomain.io", "mailboxes", rig.namespace()))
                .isTrue();
    }
}
