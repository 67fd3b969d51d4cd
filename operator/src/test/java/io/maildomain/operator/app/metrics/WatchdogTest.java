package io.maildomain.operator.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.maildomain.operator.fixture.Remembered;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK's events in the order in which it sends them, on workers of which one may hang. */
class WatchdogTest {

    private static final String CONTROLLER = "maildomain";
    private static final String ANOTHER = "catchallrule";
    private static final Map<String, Object> OF_CONTROLLER = Map.of(Constants.CONTROLLER_NAME, CONTROLLER);
    private static final Duration RETRY = Duration.ofMinutes(5);

    private final AtomicReference<Duration> now = new AtomicReference<>(Duration.ofDays(3));
    private final Watchdog watchdog = new Watchdog(Watchdog.Limits.of(Duration.ofSeconds(30), 2), now::get);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReconcileMetrics sdk = new ReconcileMetrics(meters, watchdog, RETRY);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void aController() {
        watchdog.knows(CONTROLLER);
    }

    @AfterEach
    void stop() {
        released.countDown();
        workers.shutdownNow();
    }

    @Test
    void aWorkerThatHangsIsFoundOnceNoReconcileCouldTakeSoLongAndForgivenWhenItEnds() {
        hang("a");
        passes(Duration.ofMinutes(100));
        assertThat(watchdog.trouble()).isEmpty();

        passes(Duration.ofMinutes(51));
        assertThat(watchdog.trouble()).contains("a reconcile of the controller maildomain has not ended for 151 min");

        released.countDown();
        await().untilAsserted(() -> assertThat(watchdog.trouble()).isEmpty());
    }

    @Test
    void whatWasToBeLookedAtAgainAndIsNotIsFound() throws Exception {
        reconcile("a", () -> UpdateControl.<ConfigMap>noUpdate().rescheduleAfter(Duration.ofMinutes(10)));
        passes(Duration.ofMinutes(24));
        assertThat(watchdog.trouble()).isEmpty();

        passes(Duration.ofMinutes(2));
        assertThat(watchdog.trouble())
                .contains("the controller maildomain has done nothing for more than 15 min, though something is due");
    }

    @Test
    void whatWaitsForAThreadThoughOneIsFreeIsFound() {
        sdk.reconcileCustomResource(resource("a"), null, OF_CONTROLLER);
        passes(Duration.ofMinutes(16));

        assertThat(watchdog.trouble()).isPresent();
    }

    @Test
    void aLongQueueIsNoTroubleAsLongAsThereIsProgress() throws Exception {
        sdk.reconcileCustomResource(resource("last-in-line"), null, OF_CONTROLLER);
        for (int i = 0; i < 10; i++) {
            passes(Duration.ofMinutes(10));
            reconcile("r" + i, UpdateControl::noUpdate);
            assertThat(watchdog.trouble()).isEmpty();
        }
    }

    @Test
    void reconcilesThatAllFailAreProgress() {
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> reconcile("a", () -> {
                        throw new IllegalStateException("the API server is gone");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            passes(RETRY);
            assertThat(watchdog.trouble()).isEmpty();
        }
        assertThat(meters.get("maildomain.reconcile")
                        .tag("result", "error")
                        .timer()
                        .count())
                .isEqualTo(30);
    }

    @Test
    void whileAllThreadsWorkForAnotherControllerNoneIsIdle() {
        hang("a", ANOTHER);
        hang("b", ANOTHER);
        sdk.reconcileCustomResource(resource("c"), null, OF_CONTROLLER);
        passes(Duration.ofMinutes(30));

        assertThat(watchdog.trouble()).isEmpty();
    }

    @Test
    void aControllerThatWorksSlowlyIsNotIdle() {
        hang("a");
        sdk.reconcileCustomResource(resource("b"), null, OF_CONTROLLER);
        passes(Duration.ofMinutes(30));

        assertThat(watchdog.trouble()).isEmpty();
    }

    @Test
    void aResourceThatIsGoneIsNeverDue() throws Exception {
        reconcile("a", () -> UpdateControl.<ConfigMap>noUpdate().rescheduleAfter(Duration.ofMinutes(10)));
        sdk.cleanupDoneFor(id("a"), OF_CONTROLLER);
        passes(Duration.ofDays(2));

        assertThat(watchdog.trouble()).isEmpty();
    }

    /** A finalizer that was taken off by hand: the SDK looks, and asks our controller nothing. */
    @Test
    void aLookThatAsksNoControllerEndsWhatWasDue() throws Exception {
        reconcile("a", () -> UpdateControl.<ConfigMap>noUpdate().rescheduleAfter(Duration.ofMinutes(10)));
        sdk.reconcileCustomResource(resource("a"), null, OF_CONTROLLER);
        sdk.reconciliationExecutionStarted(resource("a"), OF_CONTROLLER);
        sdk.reconciliationExecutionFinished(resource("a"), OF_CONTROLLER);
        passes(Duration.ofDays(2));

        assertThat(watchdog.trouble()).isEmpty();
    }

    @Test
    void anOperatorWithoutResourcesIsNeverInTrouble() {
        passes(Duration.ofDays(30));

        assertThat(watchdog.trouble()).isEmpty();
    }

    private void hang(String name) {
        hang(name, CONTROLLER);
    }

    private void hang(String name, String controller) {
        CountDownLatch begun = new CountDownLatch(1);
        workers.submit(() -> reconcile(name, controller, () -> {
            begun.countDown();
            released.await();
            return UpdateControl.noUpdate();
        }));
        await().until(() -> begun.getCount() == 0);
    }

    private void reconcile(String name, Callable<UpdateControl<ConfigMap>> work) throws Exception {
        reconcile(name, CONTROLLER, work);
    }

    private UpdateControl<ConfigMap> reconcile(String name, String controller, Callable<UpdateControl<ConfigMap>> work)
            throws Exception {
        Map<String, Object> metadata = Map.of(Constants.CONTROLLER_NAME, controller);
        sdk.reconcileCustomResource(resource(name), null, metadata);
        sdk.reconciliationExecutionStarted(resource(name), metadata);
        try {
            return sdk.timeControllerExecution(new Execution(id(name), controller, work));
        } finally {
            sdk.reconciliationExecutionFinished(resource(name), metadata);
        }
    }

    private void passes(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static ResourceID id(String name) {
        return new ResourceID(name, "mail");
    }

    private static ConfigMap resource(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("mail")
                .withName(name)
                .endMetadata()
                .build();
    }

    private record Execution(ResourceID resourceID, String controllerName, Callable<UpdateControl<ConfigMap>> work)
            implements ControllerExecution<UpdateControl<ConfigMap>> {

        @Override
        public String name() {
            return "reconcile";
        }

        @Override
        public String successTypeName(UpdateControl<ConfigMap> control) {
            return "none";
        }

        @Override
        public Map<String, Object> metadata() {
            return Map.of();
        }

        @Override
        public UpdateControl<ConfigMap> execute() throws Exception {
            return work.call();
        }
    }

    @Test
    void ofAThousandResourcesThatCameAndWentNothingIsLeft() {
        for (int i = 0; i < 1_000; i++) {
            Watchdog.Task task = new Watchdog.Task(CONTROLLER, new ResourceID("domain-" + i, "mail"));
            watchdog.submitted(task);
            watchdog.began(task);
            watchdog.reschedules(task, RETRY);
            watchdog.ended(task);
            if (i % 2 == 0) {
                watchdog.submitted(task);
            }
        }
        assertThat(Remembered.by(watchdog)).containsEntry("Watchdog.due", 1_000).containsEntry("Watchdog.queued", 500);

        IntStream.range(0, 1_000)
                .forEach(i -> watchdog.gone(new Watchdog.Task(CONTROLLER, new ResourceID("domain-" + i, "mail"))));
        assertThat(Remembered.by(watchdog).values()).allMatch(size -> size <= 1);
    }
}
