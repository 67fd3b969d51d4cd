package io.maildomain.operator.account;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.ledger.StatusRefused;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.retry.Rescheduling;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The CloudflareAccount controller: follows its Secrets, says what they hold, and stays while MailDomains use it. */
public final class CloudflareAccountReconciler implements Reconciler<CloudflareAccount>, Cleaner<CloudflareAccount> {

    private final Workshop workshop;
    private final AccountInspection inspection;
    private final Rescheduling rescheduling;
    private final EventSource<?, CloudflareAccount> nudges;

    /** @param nudges makes an account reconcile when a Secret, a MailDomain or what is known of a token changed */
    public CloudflareAccountReconciler(
            Workshop workshop, Rescheduling rescheduling, EventSource<?, CloudflareAccount> nudges) {
        this.workshop = workshop;
        this.inspection = new AccountInspection(workshop);
        this.rescheduling = rescheduling;
        this.nudges = nudges;
    }

    @Override
    public List<EventSource<?, CloudflareAccount>> prepareEventSources(EventSourceContext<CloudflareAccount> context) {
        return List.of(nudges);
    }

    @Override
    public UpdateControl<CloudflareAccount> reconcile(CloudflareAccount resource, Context<CloudflareAccount> context) {
        return workshop.store()
                .live(resource)
                .filter(live -> !live.isMarkedForDeletion())
                .map(this::lookAgainLater)
                .orElseGet(() -> gone(resource));
    }

    private UpdateControl<CloudflareAccount> gone(CloudflareAccount resource) {
        rescheduling.gone(resource);
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(CloudflareAccount resource, Context<CloudflareAccount> context) {
        List<String> users = users(resource);
        if (!users.isEmpty()) {
            workshop.store().live(resource).ifPresent(live -> look(live, users));
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(rescheduling.after(uid(resource), Pace.WAITING, "InUse", Duration.ZERO));
        }
        workshop.store().release(resource);
        forget(uid(resource));
        rescheduling.gone(resource);
        return DeleteControl.noFinalizerRemoval();
    }

    /** Ends what is remembered of an account that is gone, however it went. */
    public void forget(String uid) {
        workshop.secrets().retain(uid, Set.of());
        inspection.forget(uid);
    }

    /** The accounts of which something is remembered. */
    public Set<String> uids() {
        return inspection.uids();
    }

    private UpdateControl<CloudflareAccount> lookAgainLater(CloudflareAccount account) {
        Check runtime = look(account, List.of());
        Pace pace = AccountStates.isMomentarilyUnknown(account, workshop.secrets())
                ? Pace.BUSY
                : runtime.holds() ? Pace.SETTLED : Pace.FINAL;
        Duration wait = rescheduling.after(uid(account), pace, runtime.reason(), Duration.ZERO);
        return UpdateControl.<CloudflareAccount>noUpdate().rescheduleAfter(wait);
    }

    /**
     * @param users who keep an account that is being deleted from going
     * @return how the runtime surface fares
     */
    private Check look(CloudflareAccount account, List<String> users) {
        workshop.secrets().retainFirst(uid(account), AccountSecrets.all(account));
        if (AccountStates.isMomentarilyUnknown(account, workshop.secrets())) {
            return AccountStates.of(account, Surface.RUNTIME, workshop.secrets())
                    .check();
        }
        AccountInspection.Result found = inspection.inspect(account, users);
        CloudflareAccountStatus status = found.status();
        if (!status.equals(account.getStatus())) {
            write(account, status);
        }
        workshop.meta().remember(account, status);
        return found.runtime();
    }

    private void write(CloudflareAccount account, CloudflareAccountStatus status) {
        try {
            workshop.store().writeStatus(account, status);
        } catch (StatusRefused e) {
            workshop.warnings().warn(account, "StatusRefused", e.getMessage());
        }
    }

    private List<String> users(CloudflareAccount account) {
        return AccountUsers.of(account, workshop.cluster())
                .map(domain -> domain.getMetadata().getNamespace() + "/"
                        + domain.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static String uid(CloudflareAccount account) {
        return account.getMetadata().getUid();
    }
}
