package io.maildomain.operator.kubernetes.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.harness.KubeApi;
import io.maildomain.operator.fixture.ShiftedClock;
import io.maildomain.operator.kubernetes.leadership.Installation.AnotherInstallation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two installations and one owner id, on a real API server. */
class InstallationIT {

    private static final Duration DURATION = Duration.ofSeconds(2);

    private final KubernetesClient client = KubeApi.shared().client();
    private final String here = KubeApi.shared().createNamespace("here");
    private final String there = KubeApi.shared().createNamespace("there");
    private final String id = here;
    private final List<Installation> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Installation::close);
    }

    private Installation installation(String namespace, String release, boolean elects, String host) {
        return installation(namespace, release, elects, host, Clock.systemUTC());
    }

    private Installation installation(String namespace, String release, boolean elects, String host, Clock clock) {
        InstallationIdentity identity =
                new InstallationIdentity(id, true, namespace, "mail-domain-operator", release, "", elects, DURATION);
        Installation made = new Installation(client, identity, host, clock);
        started.add(made);
        return made;
    }

    private Installation installation(String namespace) {
        return installation(namespace, "mdo", true, namespace);
    }

    @Test
    void theSecondOneWithTheSameOwnerIdDoesNotStartWhileTheFirstIsAlive() {
        installation(here).enter();

        Installation second = installation(there);
        assertThatThrownBy(second::refuseIfAnotherIsAlive)
                .isInstanceOf(AnotherInstallation.class)
                .hasMessageContaining("owner id " + id)
                .hasMessageContaining(here + "/mail-domain-operator-owner, release mdo")
                .hasMessageContaining("--owner-id");
        assertThatThrownBy(second::enter).isInstanceOf(AnotherInstallation.class);

        started.get(0).close();
        assertThatCode(second::refuseIfAnotherIsAlive).doesNotThrowAnyException();
    }

    @Test
    void aReplicaOfTheSameReleaseStandsByAndTakesOver() {
        installation(here).enter();
        Installation replica = installation(here, "mdo", true, "another-pod");

        assertThatCode(replica::refuseIfAnotherIsAlive).doesNotThrowAnyException();
        assertThatCode(replica::enter).doesNotThrowAnyException();
    }

    @Test
    void anotherReleaseThatSharesTheLeaseDoesNotWaitForItForEver() {
        installation(here).enter();

        assertThatThrownBy(installation(here, "other", true, "another-pod")::refuseIfAnotherIsAlive)
                .isInstanceOf(AnotherInstallation.class)
                .hasMessageContaining("--lease-name");
    }

    @Test
    void withoutAnElectionASecondProcessDoesNotStart() {
        installation(here, "", false, "one").enter();

        assertThatThrownBy(installation(here, "", false, "two")::refuseIfAnotherIsAlive)
                .isInstanceOf(AnotherInstallation.class);
    }

    @Test
    void whatACrashedOneLeftBehindRunsOut() {
        for (Instant renewed : List.of(Instant.now(), Instant.now().plusSeconds(300), Instant.EPOCH)) {
            client.resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withName("mail-domain-operator-owner")
                            .withNamespace(there)
                            .withLabels(Map.of(OwnerLeases.OWNER_ID, id))
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity("gone")
                            .withLeaseDurationSeconds(1)
                            .withRenewTime(renewed.atZone(ZoneOffset.UTC))
                            .endSpec()
                            .build())
                    .forceConflicts()
                    .serverSideApply();

            Installation next = installation(here);
            assertThatCode(next::refuseIfAnotherIsAlive).doesNotThrowAnyException();
            assertThatCode(next::enter).doesNotThrowAnyException();
        }
    }

    /** What the one sees is from before the other one came, and that one looks before it says that it works. */
    @Test
    void oneThatLookedBeforeTheOtherCameGivesWayToIt() {
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        // For the time: when the Lease is written first, before the look, and when the Lease is to say that it works.
        Clock slow = ShiftedClock.of(() -> {
            if (asked.incrementAndGet() == 3) {
                looked.countDown();
                assertThatCode(goesOn::await).doesNotThrowAnyException();
            }
            return Instant.now();
        });
        Installation other = installation(there, "mdo", true, there, slow);
        CompletableFuture<Void> entering = CompletableFuture.runAsync(other::enter);
        await().until(() -> looked.getCount() == 0);

        installation(here).enter();
        goesOn.countDown();

        assertThatThrownBy(entering::join).hasCauseInstanceOf(AnotherInstallation.class);
    }

    @Test
    void ofTwoThatStartAtTheSameMomentOneGoesOn() {
        List<Boolean> entered = Stream.of(installation(here), installation(there))
                .map(one -> CompletableFuture.supplyAsync(() -> {
                    try {
                        one.enter();
                        return true;
                    } catch (AnotherInstallation refused) {
                        return false;
                    }
                }))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(entered).containsExactlyInAnyOrder(true, false);
    }
}
