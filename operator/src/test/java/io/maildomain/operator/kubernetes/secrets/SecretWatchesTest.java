package io.maildomain.operator.kubernetes.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.maildomain.operator.fixture.Remembered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class SecretWatchesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final SecretKey TOKENS = new SecretKey("mail-system", "tokens");
    private static final SecretKey OTHER = new SecretKey("mail-system", "other");
    private static final String VALUE = "a-token-that-nobody-may-see";

    KubernetesMockServer server;
    KubernetesClient client;

    private final Queue<SecretKey> changes = new ConcurrentLinkedQueue<>();
    private final Queue<SecretKey> ended = new ConcurrentLinkedQueue<>();
    private final List<SecretWatches> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(SecretWatchesTest::settle);
        opened.forEach(SecretWatches::close);
    }

    @Test
    void aSecretThatNobodyHasReferencedYetIsUnknownAndNotAbsent() {
        assertThat(watches().get(TOKENS)).isInstanceOfSatisfying(SecretState.Unknown.class, unknown -> {
            assertThat(unknown.cause()).isEqualTo(SecretState.Cause.NOT_SYNCED);
            assertThat(unknown.why()).contains("mail-system/tokens");
        });
    }

    @Test
    void anExistingSecretIsReadAndAnnounced() {
        store(TOKENS, VALUE);
        SecretWatches watches = watches();
        watches.retain("domain", Set.of(TOKENS));

        awaitValue(watches, TOKENS, VALUE);
        await().atMost(SOON).untilAsserted(() -> assertThat(changes).containsOnly(TOKENS));
    }

    @Test
    void aMissingSecretIsAbsentAndHeardOfWhenItComes() {
        SecretWatches watches = watches();
        watches.retain("domain", Set.of(TOKENS));
        awaitAbsent(watches, TOKENS);

        changes.clear();
        store(TOKENS, VALUE);
        awaitValue(watches, TOKENS, VALUE);
        await().atMost(SOON).untilAsserted(() -> assertThat(changes).containsOnly(TOKENS));
    }

    @Test
    void rotationLossAndReturnAreEachHeardOf() {
        store(TOKENS, "first-value");
        SecretWatches watches = watches();
        watches.retain("domain", Set.of(TOKENS));
        awaitValue(watches, TOKENS, "first-value");

        changes.clear();
        store(TOKENS, "second-value");
        awaitValue(watches, TOKENS, "second-value");
        await().atMost(SOON).until(() -> changes.contains(TOKENS));

        changes.clear();
        client.secrets().inNamespace("mail-system").withName("tokens").delete();
        awaitAbsent(watches, TOKENS);
        await().atMost(SOON).until(() -> changes.contains(TOKENS));

        changes.clear();
        store(TOKENS, "third-value");
        awaitValue(watches, TOKENS, "third-value");
        await().atMost(SOON).until(() -> changes.contains(TOKENS));
    }

    @Test
    void aLabelIsNoChange() {
        store(TOKENS, VALUE);
        store(OTHER, VALUE);
        SecretWatches watches = watches();
        watches.retain("domain", Set.of(TOKENS, OTHER));
        awaitValue(watches, TOKENS, VALUE);
        awaitValue(watches, OTHER, VALUE);
        changes.clear();

        client.secrets().inNamespace("mail-system").withName("tokens").edit(secret -> new SecretBuilder(secret)
                .editMetadata()
                .addToLabels("seen", "yes")
                .endMetadata()
                .build());
        store(OTHER, "changed-value");

        await().atMost(SOON).until(() -> changes.contains(OTHER));
        assertThat(changes).doesNotContain(TOKENS);
    }

    @Test
    void aSecretOfManyUsersIsFollowedOnceUntilTheLastOneLetsGo() {
        store(TOKENS, VALUE);
        SecretWatches watches = watches();
        watches.retain("first", Set.of(TOKENS));
        watches.retain("second", Set.of(TOKENS));
        awaitValue(watches, TOKENS, VALUE);
        assertThat(watches.size()).isOne();
        await().atMost(SOON).until(watches::isSettled);
        assertThat(requests("/api/v1/namespaces/mail-system/secrets?", "watch=true"))
                .hasSize(1);

        watches.release("first");
        assertThat(watches.size()).isOne();
        awaitValue(watches, TOKENS, VALUE);
        assertThat(ended).isEmpty();

        watches.release("second");
        assertThat(watches.size()).isZero();
        await().atMost(SOON).until(() -> watches.get(TOKENS) instanceof SecretState.Unknown);
        await().atMost(SOON).untilAsserted(() -> assertThat(ended).containsExactly(TOKENS));
    }

    @Test
    void aUserThatReferencesAnotherSecretReleasesTheOneBefore() {
        store(TOKENS, VALUE);
        store(OTHER, VALUE);
        SecretWatches watches = watches();
        watches.retain("domain", Set.of(TOKENS));
        awaitValue(watches, TOKENS, VALUE);

        watches.retain("domain", Set.of(OTHER));
        awaitValue(watches, OTHER, VALUE);
        await().atMost(SOON).until(() -> watches.get(TOKENS) instanceof SecretState.Unknown);
    }

    @Test
    void everyRequestNamesTheOneSecret() {
        store(TOKENS, VALUE);
        SecretWatches watches = watches();
        watches.retain("domain", Set.of(TOKENS));
        awaitValue(watches, TOKENS, VALUE);

        assertThat(requests("/secrets?", ""))
                .isNotEmpty()
                .allMatch(path -> path.contains("fieldSelector=metadata.name%3Dtokens"));
    }

    @Test
    void beyondTheLimitSecretsArePolled() {
        store(TOKENS, VALUE);
        SecretWatches watches = watches(new SecretWatches.Limits(1, Duration.ofMillis(50)));
        watches.retain("first", Set.of(TOKENS));
        awaitValue(watches, TOKENS, VALUE);
        watches.retain("second", Set.of(OTHER));
        awaitAbsent(watches, OTHER);

        store(OTHER, VALUE);
        awaitValue(watches, OTHER, VALUE);
        assertThat(requests("/api/v1/namespaces/mail-system/secrets/other", "")).isNotEmpty();
        assertThat(requests("/api/v1/namespaces/mail-system/secrets?", "metadata.name%3Dother"))
                .isEmpty();
    }

    @Test
    void aPolledSecretIsWatchedWhenAPlaceIsFree() {
        store(TOKENS, VALUE);
        store(OTHER, VALUE);
        SecretWatches watches = watches(new SecretWatches.Limits(1, Duration.ofHours(1)));
        watches.retain("first", Set.of(TOKENS));
        awaitValue(watches, TOKENS, VALUE);
        watches.retain("second", Set.of(OTHER));
        awaitValue(watches, OTHER, VALUE);

        watches.release("first");
        store(OTHER, "changed-value");
        awaitValue(watches, OTHER, "changed-value");
    }

    @Test
    void aThousandSecretsThatComeAndGoLeaveNothing() {
        SecretWatches watches = watches(new SecretWatches.Limits(0, Duration.ofHours(1)));
        IntStream.range(0, 1_000)
                .forEach(i -> watches.retainFirst("user-" + i, Set.of(new SecretKey("tenant", "secret-" + i))));
        await().atMost(SOON.multipliedBy(3)).until(() -> changes.size() == 1_000);
        assertThat(remembered(watches)).filteredOn(size -> size == 1_000).hasSizeGreaterThanOrEqualTo(4);

        IntStream.range(0, 1_000).forEach(i -> watches.release("user-" + i));
        await().atMost(SOON).until(() -> ended.size() == 1_000);
        assertThat(remembered(watches)).containsOnly(0);
    }

    @Test
    void afterTheEndNothingIsFollowedAndNothingFails() {
        SecretWatches watches = watches();
        watches.close();
        opened.clear();
        watches.retain("domain", Set.of(TOKENS));
        assertThat(watches.get(TOKENS)).isInstanceOf(SecretState.Unknown.class);
    }

    @Test
    void noValueIsPrinted() {
        store(TOKENS, VALUE);
        SecretWatches watches = watches();
        watches.retain("domain", Set.of(TOKENS));
        awaitValue(watches, TOKENS, VALUE);

        assertThat(watches.toString() + watches.get(TOKENS))
                .contains("mail-system/tokens", "CLOUDFLARE_API_TOKEN")
                .doesNotContain(VALUE, base64(VALUE));
    }

    /** How much its own maps hold; what this test writes down of them is none. */
    private static List<Integer> remembered(SecretWatches watches) {
        return Remembered.by(watches).entrySet().stream()
                .filter(field -> field.getKey().matches("Secret(Watches|References)\\..*"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private SecretWatches watches() {
        return watches(SecretWatches.Limits.DEFAULT);
    }

    private SecretWatches watches(SecretWatches.Limits limits) {
        SecretWatches watches = new SecretWatches(client, changes::add, ended::add, limits);
        opened.add(watches);
        return watches;
    }

    private void store(SecretKey key, String value) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .endMetadata()
                .withData(Map.of("CLOUDFLARE_API_TOKEN", base64(value)))
                .build();
        client.resource(secret).createOr(existing -> existing.update());
    }

    private List<String> requests(String part, String also) {
        List<String> paths = new ArrayList<>();
        for (int left = server.getRequestCount(); left > 0; left--) {
            try {
                String path = server.takeRequest().getPath();
                seen.add(path);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        seen.stream().filter(path -> path.contains(part) && path.contains(also)).forEach(paths::add);
        return paths;
    }

    private final List<String> seen = new ArrayList<>();

    /** The mock server does not survive a client that leaves in the middle of a handshake. */
    private static void settle(SecretWatches watches) {
        await().atMost(SOON).until(watches::isSettled);
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitValue(SecretWatches watches, SecretKey key, String value) {
        await().atMost(SOON).untilAsserted(() -> assertThat(watches.get(key))
                .isInstanceOfSatisfying(
                        SecretState.Present.class, present -> assertThat(present.value("CLOUDFLARE_API_TOKEN"))
                                .hasValueSatisfying(bytes -> assertThat(new String(bytes, StandardCharsets.UTF_8))
                                        .isEqualTo(value))));
    }

    private static void awaitAbsent(SecretWatches watches, SecretKey key) {
        await().atMost(SOON).until(() -> watches.get(key) instanceof SecretState.Absent);
    }
}
