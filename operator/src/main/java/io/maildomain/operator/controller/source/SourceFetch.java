package io.maildomain.operator.controller.source;

import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.DockerConfig;
import io.maildomain.operator.sources.OciRegistry;
import io.maildomain.operator.sources.OciRegistry.PullCredentials;
import io.maildomain.operator.sources.SourceClient;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Fetches what a source names, which may take as long as its host does. */
public interface SourceFetch {

    /**
     * @param isKnown whether the files that a digest names are remembered: then they are not fetched
     * @throws io.maildomain.operator.sources.SourceException where it cannot be had or used
     */
    Fetched fetch(Wanted wanted, Predicate<String> isKnown);

    /** What is to be fetched. */
    sealed interface Wanted {

        /** Whether it may be something else later. */
        boolean mayChange();

        /** What the source calls it; empty where it has no such word. */
        String revision();
    }

    /** @param pullSecret null: none is named */
    record Oci(String reference, SecretState.@Nullable Present pullSecret) implements Wanted {
        @Override
        public boolean mayChange() {
            return !reference.contains("@");
        }

        @Override
        public String revision() {
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
    }

    /** What Flux offers: a digest names it. */
    record Artifact(String url, String digest, String revision) implements Wanted {
        @Override
        public boolean mayChange() {
            return false;
        }
    }

    /** @param bundle null: it was not fetched, as it is known already */
    record Fetched(String digest, @Nullable Bundle bundle) {

        Optional<Bundle> files() {
            return Optional.ofNullable(bundle);
        }

        Fetched digestOnly() {
            return new Fetched(digest, null);
        }
    }

    /** From registries and the hosts of artifacts. */
    static SourceFetch by(SourceClient client) {
        OciRegistry registry = new OciRegistry(client);
        return (wanted, isKnown) -> {
            if (wanted instanceof Artifact artifact) {
                return isKnown.test(artifact.digest())
                        ? new Fetched(artifact.digest(), null)
                        : new Fetched(artifact.digest(), client.artifact(artifact.url(), artifact.digest()));
            }
            Oci oci = (Oci) wanted;
            PullCredentials credentials = credentials(oci);
            String digest = registry.digestOf(oci.reference(), credentials);
            if (isKnown.test(digest)) {
                return new Fetched(digest, null);
            }
            Bundle bundle = registry.pull(oci.reference(), credentials);
            return new Fetched(bundle.digest(), bundle);
        };
    }

    private static @Nullable PullCredentials credentials(Oci oci) {
        return Optional.ofNullable(oci.pullSecret())
                .flatMap(secret -> secret.value(DockerConfig.KEY))
                .flatMap(config -> DockerConfig.credentialsFor(oci.reference(), config))
                .orElse(null);
    }
}
