package io.maildomain.operator.controller.secrets;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.config.OperatorSettings.Holding;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.kubernetes.events.Events;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import io.maildomain.operator.kubernetes.secrets.SecretFinalizer;
import io.maildomain.operator.kubernetes.secrets.SecretWatches;
import io.maildomain.operator.ownership.ResourceWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When it is looked after held Secrets: every 20 s, and soon after something changed that decides it. */
public final class HeldSecrets implements ResourceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldSecrets.class);
    private static final Duration INTERVAL = Duration.ofSeconds(20);

    /** Changes come in crowds. */
    private static final Duration SOON = Duration.ofMillis(300);

    private final Holding settings;
    private final Scope scope;
    private final Events events;
    private final Clock clock;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Runnable sweep = () -> {};
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "held-secrets");
        thread.setDaemon(true);
        return thread;
    });

    /** Does nothing yet, and nothing at all where no names are listed. */
    public HeldSecrets(Holding settings, Scope scope, Events events, Clock clock) {
        this.settings = settings;
        this.scope = scope;
        this.events = events;
        this.clock = clock;
    }

    /** From now on it is looked, once all resources have been read. */
    public void start(SecretNeeds needs, SecretFinalizer finalizer, SecretWatches watches) {
        if (!settings.isAsked()) {
            return;
        }
        SecretSweep work = new SecretSweep(
                settings, scope, needs::all, watches::marks, finalizer, new SecretNotices(events), clock);
        watches.onMarks(key -> soon());
        sweep = () -> {
            asked.set(false);
            try {
                work.run();
            } catch (RuntimeException failure) {
                LOG.warn("Held Secrets: {}; it is tried again", failure.toString());
            }
        };
        sweeper.scheduleWithFixedDelay(() -> sweep.run(), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something has changed that may decide whether a Secret is held. */
    public void soon() {
        if (asked.compareAndSet(false, true)) {
            try {
                sweeper.schedule(() -> sweep.run(), SOON.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                LOG.debug("Something changed after the end");
            }
        }
    }

    @Override
    public void mailDomainChanged(Change<MailDomain> change) {
        if (concerns(change) || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()))) {
            soon();
        }
    }

    @Override
    public void catchAllRuleChanged(Change<CatchAllRule> change) {
        if (concerns(change)) {
            soon();
        }
    }

    @Override
    public void mailboxChanged(Change<Mailbox> change) {
        // None needs a Secret of its own.
    }

    @Override
    public void mailWorkerChanged(Change<MailWorker> change) {
        if (concerns(change) || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()))) {
            soon();
        }
    }

    @Override
    public void mailSiteChanged(Change<MailSite> change) {
        if (concerns(change) || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()))) {
            soon();
        }
    }

    @Override
    public void destinationAddressChanged(Change<DestinationAddress> change) {
        // An address that stays does no harm: for its deletion no Secret is held.
    }

    @Override
    public void accountChanged(Change<CloudflareAccount> change) {
        if (concerns(change) || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()))) {
            soon();
        }
    }

    @Override
    public void namespaceChanged(Change<Namespace> change) {
        // What its labels grant is seen by the next sweep.
    }

    private static <T extends HasMetadata> boolean concerns(Change<T> change) {
        return change.comesOrGoes()
                || change.differs((before, after) -> before.isMarkedForDeletion() != after.isMarkedForDeletion()
                        || before.hasFinalizer(ResourceWriter.FINALIZER)
                                != after.hasFinalizer(ResourceWriter.FINALIZER));
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
