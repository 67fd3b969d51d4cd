package io.maildomain.operator.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.kubernetes.events.EventRecorder;
import io.maildomain.operator.kubernetes.leadership.Fence;
import io.maildomain.operator.server.http.Meta;
import io.maildomain.operator.server.http.ProbeResult;
import io.maildomain.operator.server.logging.Redactor;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** What reconciles. Made once per process, started when this replica leads, closed before the Lease is given back. */
public interface OperatorRuntime extends AutoCloseable {

    /**
     * Finds out which installation this is, on each replica, before any is elected. May call the cluster.
     *
     * @return the id in the marks of its rules; blank where it has none
     * @throws RuntimeException whose message is the one line that is said before the process ends with exit code 1
     */
    default String identify() {
        return "";
    }

    /**
     * Begins to reconcile. Called at most once, from a thread that may block. Whatever it throws ends the process with exit code 1 and the exception's message as the one line said.
     */
    void start();

    /** Whether restarting the process would not help. Cheap. */
    ProbeResult alive();

    /** Asked only after {@link #start}. Cheap. */
    ProbeResult readiness();

    /** Cheap; may be asked before {@link #start}, by a replica that stands by. */
    Meta meta();

    /** The status page by its query, as things are now. Asked only after {@link #start}. */
    default UnaryOperator<String> statusPage() {
        throw new IllegalStateException("it has no status page");
    }

    /** Stops reconciling; waits for what is under way, for a few seconds at most. May be called without {@link #start}, and more than once. */
    @Override
    void close();

    /** Makes the runtime. It only builds: no call to the cluster. */
    @FunctionalInterface
    interface Factory {
        OperatorRuntime create(Surroundings surroundings);
    }

    /**
     * What a runtime is given. None of it is its to close.
     *
     * @param version of the operator
     * @param outlines a second client, for the SDK: it reads our objects without spec and status
     * @param fence to be asked before each write to Cloudflare
     * @param redactor to be told of each token that is read
     */
    record Surroundings(
            String version,
            OperatorSettings settings,
            KubernetesClient client,
            KubernetesClient outlines,
            PrometheusMeterRegistry meters,
            EventRecorder events,
            Fence fence,
            Redactor redactor,
            Clock clock) {}
}
