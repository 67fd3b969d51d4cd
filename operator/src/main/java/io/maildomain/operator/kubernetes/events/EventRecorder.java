package io.maildomain.operator.kubernetes.events;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.maildomain.api.v1alpha1.Reason;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events, on one thread of its own. Recording never blocks, never fails, and never matters to the caller: what does not fit into the queue, in which namespaces take turns, or cannot be written is dropped.
 */
public final class EventRecorder implements Events, AutoCloseable {

    /** Who reports, as in {@code reportingController}. */
    public static final String REPORTER = "maildomain.io/mail-domain-operator";

    /** Events about cluster-scoped objects must lie here. */
    static final String CLUSTER_SCOPED = "default";

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final Duration FLUSH = Duration.ofSeconds(2);
    private static final int QUEUE = 1_000;

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;
    private final EventCorrelator correlator = new EventCorrelator();
    private final FairQueue<Runnable> queue = new FairQueue<>(QUEUE);
    private final Thread writer;

    /**
     * @param client stays the caller's to close
     * @param instance this replica's name, such as the pod's
     */
    public EventRecorder(KubernetesClient client, Clock clock, String instance) {
        this.client = Objects.requireNonNull(client, "client");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.instance =
                instance == null || instance.isBlank() ? "mail-domain-operator" : EventText.limit(instance, 128);
        this.writer = new Thread(this::writeAll, "events");
        writer.setDaemon(true);
        writer.start();
    }

    private void writeAll() {
        try {
            for (Optional<Runnable> next = queue.take(); next.isPresent(); next = queue.take()) {
                next.get().run();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** The message is cut at 1,024 bytes. */
    @Override
    public void record(HasMetadata about, EventType type, Reason reason, String message) {
        ObjectReference object = new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .build();
        String text = EventText.limit(message, 1_024);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        boolean taken = queue.offer(namespace(object), () -> write(object, type, reason, text, now));
        if (!taken) {
            LOG.debug("An Event was dropped: the queue is full or closed");
        }
    }

    /** Writes what is in the queue, for at most two seconds. */
    @Override
    public void close() {
        queue.close();
        try {
            writer.join(FLUSH.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }

    private void write(ObjectReference object, EventType type, Reason reason, String message, Instant now) {
        String id = String.join(
                "/", object.getKind(), String.valueOf(object.getNamespace()), object.getName(), object.getUid());
        EventCorrelator.Key key = new EventCorrelator.Key(id, type, reason, message);
        try {
            EventCorrelator.Decision decision = correlator.happened(key, now);
            if (decision instanceof EventCorrelator.Count count && count(object, count, now)) {
                return;
            }
            if (!(decision instanceof EventCorrelator.Quiet)) {
                correlator.created(key, create(object, key, now));
            }
        } catch (RuntimeException failure) {
            LOG.debug("An Event was dropped: {}", failure.toString());
        }
    }

    /** @return false if the Event is gone */
    private boolean count(ObjectReference object, EventCorrelator.Count count, Instant now) {
        Event patch = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace(object))
                .withName(count.event())
                .endMetadata()
                .withCount(count.count())
                .withLastTimestamp(now.toString())
                .build();
        try {
            client.resource(patch).patch(PatchContext.of(PatchType.JSON_MERGE));
            return true;
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw failure;
        }
    }

    private String create(ObjectReference object, EventCorrelator.Key key, Instant now) {
        String name = EventText.name(object.getName(), UUID.randomUUID());
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace(object))
                .withName(name)
                .endMetadata()
                .withInvolvedObject(object)
                .withType(key.type().text())
                .withReason(key.reason().name())
                .withMessage(key.message())
                .withFirstTimestamp(now.toString())
                .withLastTimestamp(now.toString())
                .withCount(1)
                .withNewSource()
                .withComponent(REPORTER)
                .endSource()
                .withReportingComponent(REPORTER)
                .withReportingInstance(instance)
                .build();
        client.resource(event).create();
        return name;
    }

    private static String namespace(ObjectReference object) {
        return object.getNamespace() == null || object.getNamespace().isBlank()
                ? CLUSTER_SCOPED
                : object.getNamespace();
    }
}
