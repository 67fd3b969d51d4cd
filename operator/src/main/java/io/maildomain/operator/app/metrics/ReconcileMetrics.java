package io.maildomain.operator.app.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.BaseControl;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.maildomain.operator.app.metrics.Watchdog.Task;
import io.maildomain.operator.metrics.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the SDK tells of its reconciles, as metrics of ours and for the watchdog. */
public final class ReconcileMetrics implements Metrics {

    private static final String OK = "ok";
    private static final String ERROR = "error";

    private final MeterRegistry meters;
    private final Watchdog watchdog;
    private final Duration longestRetry;

    /** @param longestRetry after which the SDK tries again at the latest what ended by an exception */
    public ReconcileMetrics(MeterRegistry meters, Watchdog watchdog, Duration longestRetry) {
        this.meters = meters;
        this.watchdog = watchdog;
        this.longestRetry = longestRetry;
    }

    @Override
    public void controllerRegistered(Controller<? extends HasMetadata> controller) {
        String name = controller.getConfiguration().getName();
        watchdog.knows(name);
        // There from the start: a rate needs the value before the first.
        Metric.RECONCILES.timer(meters, name, OK);
        Metric.RECONCILES.timer(meters, name, ERROR);
    }

    @Override
    public void reconcileCustomResource(HasMetadata resource, @Nullable RetryInfo retry, Map<String, Object> metadata) {
        watchdog.submitted(task(ResourceID.fromResource(resource), metadata));
    }

    @Override
    public void reconciliationExecutionStarted(HasMetadata resource, Map<String, Object> metadata) {
        watchdog.began(task(ResourceID.fromResource(resource), metadata));
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        Task task = new Task(execution.controllerName(), execution.resourceID());
        Timer.Sample started = Timer.start(meters);
        String result = ERROR;
        try {
            T control = execution.execute();
            result = OK;
            again(task, control);
            return control;
        } catch (Exception failure) {
            watchdog.reschedules(task, longestRetry);
            throw failure;
        } finally {
            started.stop(Metric.RECONCILES.timer(meters, execution.controllerName(), result));
        }
    }

    /** Without a time only an event brings it back, and of these none can be overdue. */
    private void again(Task task, @Nullable Object control) {
        if (control instanceof BaseControl<?> next) {
            next.getScheduleDelay().ifPresent(millis -> watchdog.reschedules(task, Duration.ofMillis(millis)));
        }
    }

    @Override
    public void reconciliationExecutionFinished(HasMetadata resource, Map<String, Object> metadata) {
        watchdog.ended(task(ResourceID.fromResource(resource), metadata));
    }

    @Override
    public void cleanupDoneFor(ResourceID resource, Map<String, Object> metadata) {
        watchdog.gone(task(resource, metadata));
    }

    private static Task task(ResourceID resource, Map<String, Object> metadata) {
        return new Task(String.valueOf(metadata.get(Constants.CONTROLLER_NAME)), resource);
    }
}
