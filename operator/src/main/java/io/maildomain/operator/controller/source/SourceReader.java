package io.maildomain.operator.controller.source;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.ArtifactSource;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.operator.controller.source.SourceFetch.Fetched;
import io.maildomain.operator.controller.source.SourceFinding.Failed;
import io.maildomain.operator.controller.source.SourceFinding.Pending;
import io.maildomain.operator.controller.source.SourceFinding.Ready;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.SourceException;
import io.maildomain.operator.sources.SourceException.Problem;
import io.maildomain.operator.sources.SourceLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a resource's source holds. What has to be fetched is fetched beside the reconcile, one fetch a resource at a time, and the
 * resource is woken once it is there; what a digest names is not fetched again while it is remembered. Thread-safe.
 */
public final class SourceReader {

    /** A tag may name something else by then. */
    private static final Duration TAG_HOLDS = Duration.ofMinutes(1);

    /** The look that the end of a fetch causes must not begin the next one. */
    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(10);

    private final SourceObjects objects;
    private final SourceFetch fetch;
    private final SourceLimits limits;
    private final BiConsumer<String, Runnable> beside;
    private final Consumer<HasMetadata> wake;
    private final Clock clock;
    private final BundleCache bundles;
    private final Map<String, Known> byUid = new ConcurrentHashMap<>();

    /**
     * What was asked for, and what came of it.
     *
     * @param finding null: it is under way for the first time
     * @param at when that was found out
     * @param under whether a fetch is under way
     */
    private record Known(
            SourceFetch.Wanted wanted,
            @Nullable Fetched found,
            @Nullable Failed failed,
            Instant at,
            boolean under) {}

    /**
     * @param beside runs what it is given for a namespace on another thread; may refuse it, and it is tried again with the next look
     * @param wake reconciles the resource of that kind and name
     * @param remembered how many bytes of files are kept
     */
    public SourceReader(
            SourceObjects objects,
            SourceFetch fetch,
            SourceLimits limits,
            BiConsumer<String, Runnable> beside,
            Consumer<HasMetadata> wake,
            Clock clock,
            long remembered) {
        this.objects = objects;
        this.fetch = fetch;
        this.limits = limits;
        this.beside = beside;
        this.wake = wake;
        this.clock = clock;
        this.bundles = new BundleCache(remembered);
    }

    /**
     * What is known of the source by now. A ConfigMap and what Flux offers are read from the API server in the call.
     *
     * @param live whose source it is
     * @param pullSecret for the registry; null: none is named
     */
    public SourceFinding read(HasMetadata live, DeploySource source, SecretState.@Nullable Present pullSecret) {
        String namespace = live.getMetadata().getNamespace();
        try {
            Optional<OciSource> oci = source.wantedOci();
            if (oci.isPresent()) {
                return fetched(live, new SourceFetch.Oci(oci.get().reference(), pullSecret));
            }
            Optional<ArtifactSource> artifact = source.wantedArtifact();
            return artifact.isPresent()
                    ? fetched(live, offered(namespace, artifact.get()))
                    : new Ready(configMap(namespace, source), "");
        } catch (SourceException e) {
            return Failed.of(e);
        }
    }

    private Bundle configMap(String namespace, DeploySource source) {
        String name = source.wantedConfigMap().orElseThrow().name();
        Map<String, byte[]> files = objects.configMap(namespace, name)
                .orElseThrow(() -> new SourceException(
                        Problem.NOT_FOUND, "there is no ConfigMap " + name + ": create it with a key for each file"));
        return Bundle.of(files, limits);
    }

    private SourceFetch.Wanted offered(String namespace, ArtifactSource source) {
        SourceObjects.Offer offer = objects.artifact(namespace, source.kind(), source.name())
                .filter(found -> !found.url().isEmpty())
                .orElseThrow(() -> new SourceException(
                        Problem.NOT_FOUND,
                        "there is no %s %s, or it has nothing to offer yet: see its status"
                                .formatted(source.kind(), source.name())));
        return new SourceFetch.Artifact(offer.url(), offer.digest(), offer.revision());
    }

    private SourceFinding fetched(HasMetadata live, SourceFetch.Wanted wanted) {
        Instant now = clock.instant();
        Known known = byUid.get(live.getMetadata().getUid());
        if (known == null || !known.wanted().equals(wanted)) {
            begin(live, wanted);
            return new Pending();
        }
        Optional<Bundle> bundle = Optional.ofNullable(known.found())
                .flatMap(found -> bundles.get(live.getMetadata().getNamespace(), found.digest()));
        Failed failed = known.failed();
        boolean old = failed != null
                ? !now.isBefore(known.at().plus(FAILURE_HOLDS))
                : bundle.isEmpty()
                        || wanted.mayChange() && !now.isBefore(known.at().plus(TAG_HOLDS));
        if (old && !known.under()) {
            begin(live, wanted);
        }
        // A host that is down takes nothing away from what came of it before.
        if (failed != null && (failed.problem() != Problem.UNAVAILABLE || bundle.isEmpty())) {
            return failed;
        }
        return bundle.<SourceFinding>map(files -> new Ready(files, wanted.revision()))
                .orElseGet(Pending::new);
    }

    private void begin(HasMetadata live, SourceFetch.Wanted wanted) {
        String uid = live.getMetadata().getUid();
        Known begun = byUid.compute(
                uid,
                (key, before) -> before != null && before.wanted().equals(wanted)
                        ? new Known(wanted, before.found(), before.failed(), before.at(), true)
                        : new Known(wanted, null, null, Instant.EPOCH, true));
        try {
            beside.accept(live.getMetadata().getNamespace(), () -> fetchFor(live, begun));
        } catch (RejectedExecutionException full) {
            // What is known of it goes on counting.
            byUid.computeIfPresent(
                    uid,
                    (key, now) -> now.found() == null && now.failed() == null
                            ? null
                            : new Known(now.wanted(), now.found(), now.failed(), now.at(), false));
        }
    }

    private void fetchFor(HasMetadata live, Known begun) {
        SourceFetch.Wanted wanted = begun.wanted();
        String namespace = live.getMetadata().getNamespace();
        if (!isWantedStill(live.getMetadata().getUid(), wanted)) {
            return;
        }
        try {
            Fetched found =
                    fetch.fetch(wanted, digest -> bundles.get(namespace, digest).isPresent());
            found.files().ifPresent(bundle -> bundles.put(namespace, bundle));
            ended(live, new Known(wanted, found.digestOnly(), null, clock.instant(), false));
            // Files that it had to wait for may be those that it had before.
            boolean asBefore = begun.failed() == null && found.digestOnly().equals(begun.found());
            if (!asBefore || found.files().isPresent()) {
                wake.accept(live);
            }
        } catch (SourceException e) {
            failed(live, begun, Failed.of(e));
        } catch (RuntimeException | Error unforeseen) {
            failed(
                    live,
                    begun,
                    new Failed(
                            Problem.UNAVAILABLE,
                            "the source cannot be read: "
                                    + unforeseen.getClass().getSimpleName()));
            if (unforeseen instanceof Error error) {
                throw error;
            }
        }
    }

    /** What it was found to be before goes on counting: its files may still be here. */
    private void failed(HasMetadata live, Known begun, Failed why) {
        ended(live, new Known(begun.wanted(), begun.found(), why, clock.instant(), false));
        wake.accept(live);
    }

    /** Of one that is gone, or wants something else by now, nothing is kept. */
    private void ended(HasMetadata live, Known result) {
        byUid.computeIfPresent(
                live.getMetadata().getUid(), (key, now) -> now.wanted().equals(result.wanted()) ? result : now);
    }

    /** While it waited the resource may have gone, or have come to want something else. */
    private boolean isWantedStill(String uid, SourceFetch.Wanted wanted) {
        Known now = byUid.get(uid);
        return now != null && now.wanted().equals(wanted);
    }

    /** The resource is gone. */
    public void forget(String uid) {
        byUid.remove(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
