package io.maildomain.operator.controller.source;

import io.maildomain.api.v1alpha1.ArtifactKind;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.SourceException;
import io.maildomain.operator.sources.SourceException.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sources in memory: ConfigMaps, what Flux offers, and what is behind references and URLs. */
public final class MemorySources implements SourceObjects, SourceFetch {

    private final Map<String, Map<String, byte[]>> configMaps = new HashMap<>();
    private final Map<String, Offer> offers = new HashMap<>();
    private final Map<String, Bundle> behind = new HashMap<>();
    private final List<String> fetched = new ArrayList<>();
    private @Nullable Throwable failure;

    public void configMap(String namespace, String name, Map<String, byte[]> files) {
        configMaps.put(namespace + "/" + name, files);
    }

    public void offer(String namespace, ArtifactKind kind, String name, Offer offer) {
        offers.put(namespace + "/" + kind + "/" + name, offer);
    }

    /** @param address a reference or URL */
    public void put(String address, Bundle bundle) {
        behind.put(address, bundle);
    }

    /** What every fetch ends with from now on. */
    public void fail(Throwable with) {
        failure = with;
    }

    /** The addresses whose files were fetched, in order. */
    public List<String> fetched() {
        return fetched;
    }

    @Override
    public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
        return Optional.ofNullable(configMaps.get(namespace + "/" + name));
    }

    @Override
    public Optional<Offer> artifact(String namespace, ArtifactKind kind, String name) {
        return Optional.ofNullable(offers.get(namespace + "/" + kind + "/" + name));
    }

    @Override
    public Fetched fetch(Wanted wanted, Predicate<String> isKnown) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        String address = wanted instanceof Artifact artifact ? artifact.url() : ((Oci) wanted).reference();
        Bundle bundle = Optional.ofNullable(behind.get(address))
                .orElseThrow(() -> new SourceException(Problem.NOT_FOUND, "there is nothing behind " + address));
        if (isKnown.test(bundle.digest())) {
            return new Fetched(bundle.digest(), null);
        }
        fetched.add(address);
        return new Fetched(bundle.digest(), bundle);
    }
}
