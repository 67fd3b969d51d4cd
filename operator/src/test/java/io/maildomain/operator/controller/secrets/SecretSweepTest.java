package io.maildomain.operator.controller.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.maildomain.operator.config.OperatorSettings.Holding;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.secrets.plan.Need;
import io.maildomain.operator.fixture.ShiftedClock;
import io.maildomain.operator.kubernetes.secrets.SecretFinalizer;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server refuses in one namespace, for whatever reason, keeps no other namespace's Secret from being held. */
@EnableKubernetesMockClient
class SecretSweepTest {

    private static final SecretKey REFUSED = new SecretKey("a-refused", "tokens");
    private static final SecretKey OTHER = new SecretKey("b-other", "tokens");

    KubernetesMockServer server;
    KubernetesClient client;

    private final ShiftedClock clock = ShiftedClock.stoppedAt(Instant.parse("2026-11-24T00:00:00Z"));
    private SecretSweep sweep;

    @BeforeEach
    void bothAreNeeded() {
        List<Need> need = List.of(new Need("mail/example-com", false));
        Scope scope = new Scope(Set.of(REFUSED.namespace(), OTHER.namespace()), "operator", "", true, true);
        sweep = new SecretSweep(
                new Holding(Set.of("tokens"), Set.of(), Duration.ofMinutes(1), Duration.ofHours(24)),
                scope,
                () -> Map.of(REFUSED, need, OTHER, need),
                key -> Optional.empty(),
                new SecretFinalizer(client, "blue"),
                new SecretNotices((resource, type, reason, message) -> {}),
                clock);
        server.expect()
                .get()
                .withPath(path(OTHER))
                .andReturn(200, secret(OTHER))
                .always();
        server.expect()
                .patch()
                .withPath(path(OTHER))
                .andReturn(200, secret(OTHER))
                .always();
        server.expect()
                .get()
                .withPath(path(new SecretKey("operator", "tokens")))
                .andReturn(404, "{}")
                .always();
    }

    private static String path(SecretKey key) {
        return "/api/v1/namespaces/" + key.namespace() + "/secrets/" + key.name();
    }

    private static Secret secret(SecretKey key) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .withUid("uid-" + key.namespace())
                .withResourceVersion("1")
                .endMetadata()
                .build();
    }

    private Set<String> requests() throws InterruptedException {
        Set<String> requests = new TreeSet<>();
        for (RecordedRequest request = next(); request != null; request = next()) {
            requests.add(request.method() + " " + request.getPath());
        }
        return requests;
    }

    private RecordedRequest next() throws InterruptedException {
        return server.takeRequest(0, TimeUnit.MILLISECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void oneThatCannotBeReadKeepsBackNoOther(int status) throws InterruptedException {
        server.expect().get().withPath(path(REFUSED)).andReturn(status, "{}").always();

        sweep.run();

        assertThat(requests()).contains("PATCH " + path(OTHER));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void norOneThatCannotBeWritten(int status) throws InterruptedException {
        server.expect()
                .get()
                .withPath(path(REFUSED))
                .andReturn(200, secret(REFUSED))
                .always();
        server.expect().patch().withPath(path(REFUSED)).andReturn(status, "{}").always();

        sweep.run();

        assertThat(requests()).contains("PATCH " + path(REFUSED), "PATCH " + path(OTHER));
    }

    @Test
    void whatIsForbiddenIsAskedForAgainAfterAMinute() throws InterruptedException {
        server.expect().get().withPath(path(REFUSED)).andReturn(403, "{}").always();
        sweep.run();
        requests();

        sweep.run();
        assertThat(requests()).doesNotContain("GET " + path(REFUSED));
        clock.passes(Duration.ofMinutes(1));
        sweep.run();

        assertThat(requests()).contains("GET " + path(REFUSED));
    }
}
