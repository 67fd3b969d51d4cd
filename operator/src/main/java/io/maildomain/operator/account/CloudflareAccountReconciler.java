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
import io.maildomain.operator.account.AccountReport.Verification;
import io.maildomain.operator.account.AccountStates.SurfaceState;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.ledger.StatusStore;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.retry.Rescheduling;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The CloudflareAccount controller: follows its Secrets, says what they hold, and stays while MailDomains use it. */
public final class CloudflareAccountReconciler implements Reconciler<CloudflareAccount>, Cleaner<CloudflareAccount> {

    private final StatusStore<CloudflareAccount, CloudflareAccountStatus> store;
    private final Cluster cluster;
    private final CredentialsResolver.Secrets secrets;
    private final TokenVerifier verifier;
    private final AccountMeta meta;
    private final Rescheduling rescheduling;
    private final Clock clock;
    private final EventSource<?, CloudflareAccount> nudges;

    /**
     * @param cloudflare gives the client of a token
     * @param meta is told what {@code /api/meta} shows
     * @param nudges makes an account reconcile when a Secret or a MailDomain changed
     */
    public CloudflareAccountReconciler(
            StatusStore<CloudflareAccount, CloudflareAccountStatus> store,
            Cluster cluster,
            CredentialsResolver.Secrets secrets,
            Function<ApiToken, Cloudflare> cloudflare,
            AccountMeta meta,
            Rescheduling rescheduling,
            Clock clock,
            EventSource<?, CloudflareAccount> nudges) {
        this.store = store;
        this.cluster = cluster;
        this.secrets = secrets;
        this.verifier = new TokenVerifier(cloudflare, clock);
        this.meta = meta;
        this.rescheduling = rescheduling;
        this.clock = clock;
        this.nudges = nudges;
    }

    @Override
    public List<EventSource<?, CloudflareAccount>> prepareEventSources(EventSourceContext<CloudflareAccount> context) {
        return List.of(nudges);
    }

    @Override
    public UpdateControl<CloudflareAccount> reconcile(CloudflareAccount resource, Context<CloudflareAccount> context) {
        return store.live(resource)
                .filter(live -> !live.isMarkedForDeletion())
                .map(this::lookAgainLater)
                .orElseGet(UpdateControl::noUpdate);
    }

    @Override
    public DeleteControl cleanup(CloudflareAccount resource, Context<CloudflareAccount> context) {
        List<String> users = users(resource);
        if (!users.isEmpty()) {
            store.live(resource).ifPresent(live -> look(live, users));
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(rescheduling.after(uid(resource), Pace.WAITING, "InUse", Duration.ZERO));
        }
        store.release(resource);
        secrets.retain(uid(resource), Set.of());
        verifier.forget(uid(resource));
        meta.forget(resource);
        rescheduling.forget(uid(resource));
        return DeleteControl.noFinalizerRemoval();
    }

    private UpdateControl<CloudflareAccount> lookAgainLater(CloudflareAccount account) {
        Check runtime = look(account, List.of());
        Pace pace = AccountStates.isMomentarilyUnknown(account, secrets)
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
        secrets.retain(uid(account), AccountSecrets.all(account));
        SurfaceState runtime = AccountStates.of(account, Surface.RUNTIME, secrets);
        SurfaceState deploy = AccountStates.of(account, Surface.DEPLOY, secrets);
        Check binding = AccountStates.domainBinding(account, secrets);
        if (AccountStates.isMomentarilyUnknown(account, secrets)) {
            return runtime.check();
        }
        Verification verification = verification(account, runtime);
        CloudflareAccountStatus status =
                AccountReport.of(account, runtime, deploy, verification, binding, users, clock.instant());
        if (!status.equals(account.getStatus())) {
            store.writeStatus(account, status);
        }
        meta.remember(account, status);
        return verification.refine(runtime.check());
    }

    private Verification verification(CloudflareAccount account, SurfaceState runtime) {
        if (!(runtime.resolution() instanceof TokenResolution.Found found)) {
            return Verification.notAsked();
        }
        return verifier.verify(uid(account), found.token(), AccountStates.accountId(account, secrets));
    }

    private List<String> users(CloudflareAccount account) {
        return cluster.mailDomains().stream()
                .filter(domain -> domain.getSpec() != null)
                .filter(domain -> domain.getSpec()
                        .credentials()
                        .wantedAccount()
                        .filter(ref -> ref.name().equals(account.getMetadata().getName()))
                        .isPresent())
                .map(domain -> domain.getMetadata().getNamespace() + "/"
                        + domain.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static String uid(CloudflareAccount account) {
        return account.getMetadata().getUid();
    }
}
