package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.ownership.ResourceWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left of kinds that the installation does not work on any more. */
final class LeftBehind {

    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

    private static final long MOST_LISTED = 500;
    private static final int MOST_NAMED = 10;

    private LeftBehind() {}

    /**
     * What bears our finalizer can go only with a controller. It is no reason not to start: who may create such a resource could end the mail
     * of all by it.
     *
     * @param flag the one that is off
     * @param kinds those that it is about
     */
    static void say(Surroundings surroundings, String flag, List<Class<? extends HasMetadata>> kinds) {
        List<String> left =
                kinds.stream().flatMap(kind -> left(surroundings, kind)).toList();
        if (!left.isEmpty()) {
            LOG.warn(
                    "{} cannot be deleted, since {} is off: they have the operator's finalizer. Start it with {} until they are gone",
                    String.join(", ", left),
                    flag,
                    flag);
        }
    }

    private static <T extends HasMetadata> Stream<T> all(Surroundings surroundings, Class<T> kind) {
        Set<String> namespaces = surroundings.settings().scope().watchNamespaces();
        ListOptions some = new ListOptionsBuilder().withLimit(MOST_LISTED).build();
        return namespaces.isEmpty()
                ? surroundings.client().resources(kind).inAnyNamespace().list(some).getItems().stream()
                : namespaces.stream()
                        .flatMap(namespace ->
                                surroundings
                                        .client()
                                        .resources(kind)
                                        .inNamespace(namespace)
                                        .list(some)
                                        .getItems()
                                        .stream());
    }

    private static <T extends HasMetadata> Stream<String> left(Surroundings surroundings, Class<T> kind) {
        try {
            return all(surroundings, kind)
                    .filter(resource -> resource.hasFinalizer(ResourceWriter.FINALIZER))
                    .map(ChangeLog::nameOf)
                    .limit(MOST_NAMED)
                    .toList()
                    .stream();
        } catch (KubernetesClientException unseen) {
            // There is no such kind here; or the right to list it is not given, as it is not needed for anything else.
            LOG.debug("no {} can be listed: {}", HasMetadata.getKind(kind), unseen.getCode());
            return Stream.empty();
        }
    }
}
