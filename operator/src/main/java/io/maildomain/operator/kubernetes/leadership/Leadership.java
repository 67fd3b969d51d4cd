package io.maildomain.operator.kubernetes.leadership;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.utils.Utils;
import io.maildomain.operator.config.OperatorSettings;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This replica's part in the election. It takes the Lease when it can, renews it, says when it leads and when it no longer does, and on {@link #close} gives the Lease back, so that the next
 * replica need not wait for it to run out.
 */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final OperatorSettings.Leadership settings;
    private final String namespace;
    private final String identity;
    private final KubernetesClient client;
    private final LeaseFence fence;
    private final Supplier<ClockReading> now;
    private final Callbacks callbacks;
    private final ExecutorService threads;
    private final AtomicBoolean leading = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicInteger lastFailure = new AtomicInteger(-1);
    private volatile String leader = "";
    private volatile CompletableFuture<?> election = CompletableFuture.completedFuture(null);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ObservedTimeLock lock;

    /** What leading means to the process; each is called at most once, on a thread of its own. */
    public interface Callbacks {

        void elected();

        /** Not called for a {@link #close} of ours. By now {@link Fence#mayWrite()} is false or about to be; the process should end at once. */
        void lost();

        /** The election itself is dead: this replica will never lead again. The process should end. */
        void ended();
    }

    /**
     * @param like the client to copy; calls for the Lease get their own connections and shorter time-outs, so that nothing else delays a renewal
     * @param namespace where the Lease is
     * @param callTimeout of one Cloudflare call
     */
    public Leadership(
            KubernetesClient like,
            OperatorSettings.Leadership settings,
            String namespace,
            Duration callTimeout,
            Callbacks callbacks) {
        this(like, settings, namespace, callTimeout, callbacks, ClockReading.system());
    }

    Leadership(
            KubernetesClient like,
            OperatorSettings.Leadership settings,
            String namespace,
            Duration callTimeout,
            Callbacks callbacks,
            Supplier<ClockReading> now) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.namespace = Objects.requireNonNull(namespace, "namespace");
        this.callbacks = Objects.requireNonNull(callbacks, "callbacks");
        this.now = now;
        this.identity = (settings.podName().isBlank() ? "operator" : settings.podName())
                + "_"
                + UUID.randomUUID().toString().substring(0, 8);
        this.client = impatient(like, settings);
        this.fence = new LeaseFence(settings.leaseDuration(), callTimeout, now);
        this.lock = new ObservedTimeLock(
                new LenientLease(namespace, settings.leaseName(), identity, settings.leaseDuration()),
                fence,
                now,
                this::report);
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "leadership");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes part from now on; does not wait. */
    public void start() {
        LeaderElectionConfig config = new LeaderElectionConfig(
                lock,
                settings.leaseDuration(),
                settings.renewDeadline(),
                settings.retryPeriod(),
                new LeaderCallbacks(this::elected, this::lost, this::follow),
                false,
                settings.leaseName());
        election = new LeaderElector(client, config, threads).start();
        election.whenComplete((done, failure) -> ended());
        Utils.scheduleWithVariableRate(
                election, threads, this::watch, 0, settings.retryPeriod()::toMillis, TimeUnit.MILLISECONDS);
    }

    /** fabric8's future does not tell of each way in which its loop can end; that nothing is tried any more tells of all. */
    private void watch() {
        if (!isAlive()) {
            ended();
        }
    }

    /** False: the election is dead, whether or not we have noticed why. */
    public boolean isAlive() {
        Duration silence = now.get().monotonic().minus(lock.lastTry().monotonic());
        return !ended.get() && silence.compareTo(patience()) <= 0;
    }

    /** Each try may take two calls, and waits up to 2.2 periods for its turn. */
    private Duration patience() {
        return settings.renewDeadline()
                .plus(settings.retryPeriod().multipliedBy(3))
                .multipliedBy(2);
    }

    private void ended() {
        if (closing.get() || ended.getAndSet(true)) {
            return;
        }
        LOG.error("The election for Lease {}/{} has ended; the operator ends, too", namespace, settings.leaseName());
        threads.execute(callbacks::ended);
    }

    /** To be asked before each write to Cloudflare. */
    public Fence fence() {
        return fence;
    }

    public boolean isLeader() {
        return leading.get() && !closing.get();
    }

    /** This replica's name in the Lease: the pod's name and something random, for two processes may share a host's name. */
    public String identity() {
        return identity;
    }

    /** The identity that holds the Lease, as far as we have seen; blank if we do not know. */
    public String leader() {
        return leader;
    }

    /** Closes the fence, stops renewing, and gives the Lease back. Call it when nothing writes any more. Takes at most about one request time-out. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        fence.lost();
        election.cancel(true);
        if (leading.get()) {
            release();
        }
        threads.shutdownNow();
        client.close();
    }

    private void elected() {
        lastFailure.set(-1);
        if (closing.get() || leading.getAndSet(true)) {
            return;
        }
        LOG.info("{} leads (Lease {}/{})", identity, namespace, settings.leaseName());
        threads.execute(callbacks::elected);
    }

    private void lost() {
        fence.lost();
        if (closing.get() || !leading.getAndSet(false)) {
            return;
        }
        LOG.error("{} no longer leads (Lease {}/{})", identity, namespace, settings.leaseName());
        threads.execute(callbacks::lost);
    }

    private void follow(String holder) {
        leader = Objects.requireNonNullElse(holder, "");
        if (!leader.equals(identity) && !leader.isEmpty()) {
            LOG.info("{} stands by, {} leads", identity, leader);
        }
    }

    /**
     * fabric8's own release sends a merge patch that leaves the holder out instead of clearing it: the next one would still wait. An update does clear it, and only if no other has taken the
     * Lease since.
     */
    private void release() {
        try {
            Lease lease = client.leases()
                    .inNamespace(namespace)
                    .withName(settings.leaseName())
                    .get();
            if (lease == null
                    || lease.getSpec() == null
                    || !identity.equals(lease.getSpec().getHolderIdentity())) {
                return;
            }
            client.resource(new LeaseBuilder(lease)
                            .editSpec()
                            .withHolderIdentity(null)
                            .withLeaseDurationSeconds(1)
                            .endSpec()
                            .build())
                    .update();
            LOG.info("{} gave the Lease back", identity);
        } catch (KubernetesClientException failure) {
            LOG.warn(
                    "The Lease {}/{} could not be given back, it runs out by itself: {}",
                    namespace,
                    settings.leaseName(),
                    failure.getMessage());
        }
    }

    /** One line per kind of failure, not one per attempt. */
    private void report(RuntimeException failure) {
        int code = failure instanceof KubernetesClientException answer ? answer.getCode() : 0;
        if (closing.get() || code == HttpURLConnection.HTTP_CONFLICT || lastFailure.getAndSet(code) == code) {
            return;
        }
        String advice = code == HttpURLConnection.HTTP_FORBIDDEN
                ? "the ServiceAccount needs get, create, update and patch on leases in namespace " + namespace
                : code > 0 ? "the API server answered " + code : "the API server cannot be reached";
        LOG.warn(
                "Lease {}/{} cannot be taken or renewed: {}; it is tried again every {}",
                namespace,
                settings.leaseName(),
                advice,
                settings.retryPeriod());
    }

    private static KubernetesClient impatient(KubernetesClient like, OperatorSettings.Leadership settings) {
        int timeout = (int) Math.max(1, settings.renewDeadline().toMillis() / 2);
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(like.getConfiguration())
                        .withRequestTimeout(timeout)
                        .withConnectionTimeout(timeout)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }
}
