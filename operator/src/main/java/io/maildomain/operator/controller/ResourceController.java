package io.maildomain.operator.controller;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Admission;
import io.maildomain.operator.cloudflare.ratelimit.Applicant;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.sweep.Subject;
import io.maildomain.operator.controller.sweep.Subject.Place;
import io.maildomain.operator.ownership.OwnershipConflict;
import io.maildomain.operator.ownership.StatusRefused;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is the same in each of our controllers: the resource is read live, the lock of its domain is taken, the work is done
 * once, its status is written where it differs, and the next look is scheduled. A reconcile that was outrun starts again soon. A kind
 * says what the work is; one that has something to clean up also implements the SDK's {@code Cleaner}, with which its finalizer comes.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public abstract class ResourceController<R extends CustomResource<?, S>, S extends Conditioned>
        implements Reconciler<R> {

    /** The generation that a status speaks of before the first look. */
    protected static final long NONE_YET = -1;

    private static final Logger LOG = LoggerFactory.getLogger(ResourceController.class);

    private final ControllerParts<R, S> parts;

    /** @param parts what this controller is put together from */
    protected ResourceController(ControllerParts<R, S> parts) {
        this.parts = parts;
    }

    /** Its status with other conditions, and without its ownership record; else as it is, or empty where it has none. */
    protected abstract S withConditions(R live, List<Condition> conditions);

    /** How many calls a turn of this class is expected to take. */
    protected abstract int calls(R live, ServiceClass service);

    /**
     * @param live as the API server has it now, not marked for deletion
     * @param session for its calls
     */
    protected abstract Work<ReconcileResult<S>> reconciliationOf(R live, CloudflareSession session);

    /**
     * @param live as the API server has it now, or as its record has it where it is gone already
     * @param session for its calls
     */
    protected abstract Work<CleanupResult> cleanupOf(R live, CloudflareSession session);

    /** Where sweeps see its zone, by what its status notes; empty where none do. */
    protected Optional<Place> sweptAt(R live) {
        return Optional.empty();
    }

    /** What the status says while the deletion waits; empty where it says so already, or is not to change. */
    protected abstract Optional<S> waiting(R live, Blocked why, CloudflareSession session);

    /** The status without its ownership record, which is not written with the rest of it. */
    protected abstract S withoutOwnership(S status);

    /** The status, acknowledging a request to look; null: none stands there. */
    protected abstract S acknowledging(S status, @Nullable String request);

    /** Ends what is remembered of a resource that is gone, however it went. */
    public abstract void forget(String uid);

    /** The resources of which something is remembered. */
    public abstract Set<String> uids();

    /** Another one was faster: what had to be noted in the ownership record was not. */
    protected void outrun(R live) {}

    protected void statusWritten(R live) {}

    /** The API server will not have its status. */
    protected void statusRefused(R live) {}

    /** Its finalizer is off. @param live as it was before its clean-up */
    protected void cleanedUp(R live) {}

    @Override
    public final List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        return List.of(parts.watches());
    }

    @Override
    public UpdateControl<R> reconcile(R resource, Context<R> context) {
        return parts.writer()
                .live(resource)
                .filter(live -> !live.isMarkedForDeletion())
                .map(live -> again(live, reconcileOnce(live)))
                .orElseGet(() -> gone(resource));
    }

    /** The SDK's {@code Cleaner}, for kinds that implement it. The SDK takes no finalizer off: see {@link StatusWriter#release}. */
    public DeleteControl cleanup(R resource, Context<R> context) {
        DeleteControl done = DeleteControl.noFinalizerRemoval();
        return cleanUp(resource).map(done::rescheduleAfter).orElse(done);
    }

    /**
     * Undoes what was done for the resource, or passes it on; also of one that is gone, of which there is a record.
     *
     * @return how soon to come again; empty once it is over
     */
    public final Optional<Duration> cleanUp(R resource) {
        Optional<R> live = parts.writer().live(resource);
        CleanupResult result = live.map(this::cleanUpOnce).orElseGet(CleanupResult.Done::new);
        if (result instanceof CleanupResult.Waiting waiting) {
            return Optional.of(waitFor(resource, ReconcileResult.silent(waiting.why())));
        }
        if (result instanceof CleanupResult.Expecting expecting) {
            return Optional.of(expecting.look());
        }
        parts.writer().release(resource);
        parts.rescheduling().gone(resource);
        if (result instanceof CleanupResult.Done) {
            live.ifPresent(this::cleanedUp);
            forget(uid(resource));
        }
        return Optional.empty();
    }

    /** Writes what is said of a resource, as it was seen just now, and schedules the next look. */
    protected final UpdateControl<R> concluded(R seen, ReconcileResult<S> result) {
        parts.sweeps().looked(uid(seen), false);
        return again(seen, say(seen, result));
    }

    /** Says what became known beside its reconciles, where that is anything: no call to Cloudflare. False where one works on the domain. */
    protected final boolean restate(R known, String domain, Function<R, Optional<S>> said) {
        Work<Boolean> saying = Work.on(domain, () -> {
            parts.writer().live(known).ifPresent(live -> said.apply(live).ifPresent(status -> write(live, status)));
            return true;
        });
        return once(saying).isPresent();
    }

    private ReconcileResult<S> reconcileOnce(R live) {
        try (CloudflareSession session = new CloudflareSession(parts.tokens(), applicant(live))) {
            return sweptCheck(live, session).orElseGet(() -> lookAt(live, session));
        } catch (NotAdmitted e) {
            return queued(live, e.waiting());
        } catch (OwnershipConflict e) {
            outrun(live);
            return ReconcileResult.conflict();
        }
    }

    private Optional<ReconcileResult<S>> sweptCheck(R live, CloudflareSession session) {
        boolean asked = live.getStatus() != null
                && !Objects.equals(Conditioned.requestOn(live), live.getStatus().lastHandledReconcileAt());
        return asked || service(live) != ServiceClass.CHECK
                ? Optional.empty()
                : sweptAt(live).flatMap(place -> new SweptCheck<S>(parts.sweeps())
                        .run(
                                new Subject(live, place),
                                session,
                                by -> once(reconciliationOf(live, by).then(by::ended)),
                                found -> isAsBefore(live, found)));
    }

    private boolean isAsBefore(R live, ReconcileResult<S> found) {
        return found.requeue() == Requeue.RESYNC
                && found.said()
                        .map(status -> acknowledging(status, Conditioned.requestOn(live)))
                        .filter(status -> isSaid(live, status))
                        .isPresent();
    }

    private ReconcileResult<S> lookAt(R live, CloudflareSession session) {
        parts.sweeps().foundWellBySweep(uid(live)).ifPresent(session::after);
        ReconcileResult<S> result = once(reconciliationOf(live, session)
                        .then(session::ended)
                        .then(found -> say(live, found)))
                .orElseGet(ReconcileResult::conflict);
        new SweptCheck<S>(parts.sweeps()).lookedByItself(live, result, session);
        return result;
    }

    private CleanupResult cleanUpOnce(R live) {
        parts.sweeps().looked(uid(live), false);
        try (CloudflareSession session = new CloudflareSession(parts.tokens(), applicant(live))) {
            return once(cleanupOf(live, session)
                            .then(session::ended)
                            .then(result -> sayWhyItWaits(live, result, session)))
                    .orElse(CleanupResult.Waiting.CONFLICT);
        } catch (NotAdmitted e) {
            sayThatItIsQueued(live, e.waiting());
            return CleanupResult.Waiting.queued(e.waiting().pause());
        } catch (OwnershipConflict e) {
            return CleanupResult.Waiting.CONFLICT;
        }
    }

    /** Empty where another reconcile works on the domain. */
    private <T> Optional<T> once(Work<T> work) {
        return work.domain().isEmpty()
                ? Optional.of(work.steps().get())
                : parts.locks().alone(work.domain(), work.steps());
    }

    private ReconcileResult<S> say(R live, ReconcileResult<S> result) {
        result.said().ifPresent(status -> write(live, acknowledging(status, Conditioned.requestOn(live))));
        LOG.debug("{}: {} {}", ChangeLog.nameOf(live), result.requeue(), result.cause());
        return result;
    }

    private Applicant applicant(R live) {
        String namespace = Objects.requireNonNullElse(live.getMetadata().getNamespace(), "");
        ServiceClass service = service(live);
        return new Applicant(uid(live), namespace, service, calls(live, service));
    }

    /** How urgently it is looked at. */
    protected ServiceClass service(R live) {
        return ServiceClasses.of(live, live.getStatus());
    }

    /** Nothing was asked of Cloudflare: nothing is said of the resource but that it waits. */
    private ReconcileResult<S> queued(R live, Admission.Waiting waiting) {
        sayThatItIsQueued(live, waiting);
        parts.sweeps().hindered(uid(live), false, Reason.WaitingForBudget);
        return ReconcileResult.silent(Requeue.QUEUED, Reason.WaitingForBudget, waiting.pause());
    }

    private void sayThatItIsQueued(R live, Admission.Waiting waiting) {
        List<Condition> said = QueuedConditions.of(live, waiting, parts.clock().instant());
        if (!said.isEmpty()) {
            write(live, withConditions(live, said));
        }
    }

    private CleanupResult sayWhyItWaits(R live, CleanupResult result, CloudflareSession session) {
        result.blocked()
                .filter(why -> !why.quiet())
                .flatMap(why -> waiting(live, why, session))
                .ifPresent(status -> write(live, acknowledging(status, Conditioned.requestOn(live))));
        return result;
    }

    /** A status that did not change is not written. */
    private void write(R live, S status) {
        if (isSaid(live, status)) {
            return;
        }
        try {
            parts.writer().writeStatus(live, status);
            statusWritten(live);
        } catch (StatusRefused e) {
            statusRefused(live);
            parts.log().warned(live, Reason.StatusRefused, String.valueOf(e.getMessage()));
        }
    }

    private boolean isSaid(R live, S status) {
        return live.getStatus() != null && status.equals(withoutOwnership(live.getStatus()));
    }

    private UpdateControl<R> again(R live, ReconcileResult<S> result) {
        return UpdateControl.<R>noUpdate().rescheduleAfter(waitFor(live, result));
    }

    private Duration waitFor(R resource, ReconcileResult<S> result) {
        return parts.rescheduling().after(uid(resource), result.requeue(), result.cause(), result.notBefore());
    }

    private UpdateControl<R> gone(R resource) {
        parts.rescheduling().gone(resource);
        return UpdateControl.noUpdate();
    }

    private String uid(R resource) {
        return resource.getMetadata().getUid();
    }
}
