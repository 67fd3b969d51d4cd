package io.maildomain.operator.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.ArtifactKind;
import io.maildomain.api.v1alpha1.ArtifactSource;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.operator.controller.source.SourceFinding.Failed;
import io.maildomain.operator.controller.source.SourceFinding.Pending;
import io.maildomain.operator.controller.source.SourceFinding.Ready;
import io.maildomain.operator.fixture.ShiftedClock;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.SourceException;
import io.maildomain.operator.sources.SourceException.Problem;
import io.maildomain.operator.sources.SourceLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SourceReaderTest {

    private static final String TAG = "ghcr.io/acme/mailbox:v1";
    private static final DeploySource OCI = DeploySource.of(new OciSource(TAG, null, null));

    private final MemorySources sources = new MemorySources();
    private final ShiftedClock clock = ShiftedClock.stoppedAt(TestResources.NOW);
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean full;
    private final List<HasMetadata> woken = new ArrayList<>();
    private final SourceReader reader = reader(1 << 20);

    private SourceReader reader(long remembered) {
        return new SourceReader(sources, sources, SourceLimits.DEFAULT, this::accept, woken::add, clock, remembered);
    }

    private void accept(String namespace, Runnable fetch) {
        if (full) {
            throw new RejectedExecutionException();
        }
        waiting.add(fetch);
    }

    private static MailWorker worker(String namespace, String name) {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta(namespace, name, 0));
        return worker;
    }

    private static Bundle bundle(String content) {
        return Bundle.of(Map.of("index.js", content.getBytes(StandardCharsets.UTF_8)), SourceLimits.DEFAULT);
    }

    private void fetch() {
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    private SourceFinding read(MailWorker worker) {
        return reader.read(worker, OCI, null);
    }

    @Test
    void whatIsFetchedIsThereAfterTheResourceWasWoken() {
        MailWorker worker = worker("mail", "one");
        sources.put(TAG, bundle("one"));

        assertThat(read(worker)).isInstanceOf(Pending.class);
        assertThat(read(worker)).as("one fetch at a time").isInstanceOf(Pending.class);
        assertThat(waiting).hasSize(1);
        fetch();

        assertThat(woken).containsExactly(worker);
        assertThat(read(worker)).isEqualTo(new Ready(bundle("one"), "mailbox:v1"));
        assertThat(waiting).isEmpty();
    }

    @Test
    void whatFindsNoPlaceIsTriedAgainWithTheNextLookAndTakesNothingAway() {
        MailWorker worker = worker("mail", "one");
        sources.put(TAG, bundle("one"));
        full = true;
        assertThat(read(worker)).isInstanceOf(Pending.class);
        assertThat(waiting).isEmpty();

        full = false;
        read(worker);
        fetch();
        full = true;
        clock.passes(Duration.ofMinutes(2));
        assertThat(read(worker)).as("what it has goes on being used").isInstanceOf(Ready.class);

        full = false;
        assertThat(read(worker)).isInstanceOf(Ready.class);
        assertThat(waiting).hasSize(1);
    }

    @Test
    void whatIsNotWantedAnyMoreWhenItsTurnComesIsNotFetched() {
        MailWorker worker = worker("mail", "one");
        sources.put(TAG, bundle("one"));
        read(worker);

        reader.forget(worker.getMetadata().getUid());
        fetch();

        assertThat(sources.fetched()).isEmpty();
        assertThat(woken).isEmpty();
    }

    @Test
    void aTagIsLookedUpAgainWhileTheFilesGoOnBeingUsed() {
        MailWorker worker = worker("mail", "one");
        sources.put(TAG, bundle("one"));
        read(worker);
        fetch();
        clock.passes(Duration.ofMinutes(2));

        assertThat(read(worker)).isInstanceOf(Ready.class);
        fetch();
        assertThat(woken).as("it is as it was").hasSize(1);
        assertThat(sources.fetched()).hasSize(1);

        sources.put(TAG, bundle("two"));
        clock.passes(Duration.ofMinutes(2));
        read(worker);
        fetch();
        assertThat(woken).hasSize(2);
        assertThat(read(worker)).isEqualTo(new Ready(bundle("two"), "mailbox:v1"));
    }

    @Test
    void aFailureIsSaidAndTriedAgainLater() {
        MailWorker worker = worker("mail", "one");
        read(worker);
        fetch();

        assertThat(read(worker)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.problem())
                .isEqualTo(Problem.NOT_FOUND));
        assertThat(waiting).as("not at once").isEmpty();
        clock.passes(Duration.ofSeconds(11));
        sources.put(TAG, bundle("one"));
        assertThat(read(worker)).isInstanceOf(Failed.class);
        fetch();
        assertThat(read(worker)).isInstanceOf(Ready.class);
    }

    /** Who knows a digest may still not pull what it names. */
    @Test
    void whatOneNamespacePulledIsNotGivenToAnother() {
        sources.put(TAG, bundle("one"));
        read(worker("mail", "one"));
        fetch();

        read(worker("other", "one"));
        fetch();

        assertThat(sources.fetched()).hasSize(2);
    }

    @Test
    void whatIsTooMuchToRememberIsFetchedAgain() {
        SourceReader forgetful = reader(1);
        MailWorker one = worker("mail", "one");
        MailWorker two = worker("other", "two");
        sources.put(TAG, bundle("one"));
        forgetful.read(one, OCI, null);
        fetch();
        forgetful.read(two, OCI, null);
        fetch();

        woken.clear();
        assertThat(forgetful.read(one, OCI, null)).isInstanceOf(Pending.class);
        fetch();
        assertThat(woken).as("it is as it was, and waits for it").containsExactly(one);
        assertThat(forgetful.read(one, OCI, null)).isInstanceOf(Ready.class);
    }

    /** A tenant with many large sources pushes out its own. */
    @Test
    void aNamespaceLosesNothingToOneThatHoldsMore() {
        long size = bundle("x").size();
        SourceReader small = reader(10 * size);
        MailWorker little = worker("little", "one");
        sources.put(TAG, bundle("x"));
        small.read(little, OCI, null);
        fetch();

        for (String name : List.of("a", "b", "c")) {
            sources.put(TAG, bundle(name + "xxxx"));
            small.read(worker("greedy", name), OCI, null);
            fetch();
            sources.put(TAG, bundle(name + "yyyyy"));
            small.read(worker("greedy-too", name), OCI, null);
            fetch();
        }

        assertThat(small.read(little, OCI, null)).isEqualTo(new Ready(bundle("x"), "mailbox:v1"));
    }

    /** A registry that is down must not stop what is being deployed. */
    @Test
    void whatWasFetchedIsUsedWhileItsHostIsDown() {
        MailWorker worker = worker("mail", "one");
        sources.put(TAG, bundle("one"));
        read(worker);
        fetch();

        sources.fail(new SourceException(Problem.UNAVAILABLE, "down"));
        clock.passes(Duration.ofMinutes(2));
        read(worker);
        fetch();
        assertThat(read(worker)).isEqualTo(new Ready(bundle("one"), "mailbox:v1"));

        sources.fail(new SourceException(Problem.ACCESS_DENIED, "no more"));
        clock.passes(Duration.ofMinutes(2));
        read(worker);
        fetch();
        assertThat(read(worker)).isInstanceOf(Failed.class);
    }

    @Test
    void anErrorIsNoFetchThatGoesOnForEver() {
        MailWorker worker = worker("mail", "one");
        sources.fail(new StackOverflowError("for a test"));
        read(worker);
        assertThatThrownBy(this::fetch).isInstanceOf(StackOverflowError.class);

        assertThat(read(worker)).isInstanceOf(Failed.class);
        clock.passes(Duration.ofSeconds(11));
        read(worker);
        assertThat(waiting).hasSize(1);
    }

    @Test
    void whatFluxOffersIsFetchedByItsDigest() {
        MailWorker worker = worker("mail", "one");
        DeploySource flux = DeploySource.of(new ArtifactSource(ArtifactKind.GitRepository, "mailbox", null));
        assertThat(reader.read(worker, flux, null)).isInstanceOf(Failed.class);

        String digest = bundle("one").digest();
        sources.put("http://source.flux-system.svc/a.tar.gz", bundle("one"));
        sources.offer(
                "mail",
                ArtifactKind.GitRepository,
                "mailbox",
                new SourceObjects.Offer("http://source.flux-system.svc/a.tar.gz", digest, "main@sha1:1"));
        reader.read(worker, flux, null);
        fetch();

        assertThat(reader.read(worker, flux, null)).isEqualTo(new Ready(bundle("one"), "main@sha1:1"));
    }

    @Test
    void nothingIsRememberedOfOneThatIsGone() {
        MailWorker worker = worker("mail", "one");
        read(worker);
        assertThat(reader.uids()).hasSize(1);

        reader.forget(worker.getMetadata().getUid());
        fetch();

        assertThat(reader.uids()).isEmpty();
    }
}
