package io.maildomain.operator.controller.mailsite;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.Work;
import io.maildomain.operator.controller.deploy.LastDeployCredentials;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The MailSite controller: how a site is deployed, how it is cleaned up, and what is remembered of it. */
public final class MailSiteReconciler extends ResourceController<MailSite, MailSiteStatus>
        implements Cleaner<MailSite> {

    /** Project, variables, leave to upload, what is missing, a few uploads, keep, deploy, and a look after each. */
    private static final int CALLS_OF_A_DEPLOYMENT = 14;

    private final MailSiteServices services;
    private final StatusWriter<MailSite, MailSiteStatus> writer;
    private final LastDeployCredentials lastGood;
    private final SiteReconciliation reconciliation;
    private final MailSiteCleanup cleanup;

    /** Builds; reads and writes nothing. */
    public MailSiteReconciler(ControllerParts<MailSite, MailSiteStatus> parts, MailSiteServices services) {
        super(parts);
        this.services = services;
        this.writer = parts.writer();
        this.lastGood = new LastDeployCredentials(services.credentials());
        this.reconciliation = new SiteReconciliation(services, parts.log(), lastGood);
        this.cleanup = new MailSiteCleanup(services, parts.log(), lastGood);
    }

    @Override
    protected MailSiteStatus withConditions(MailSite live, List<Condition> conditions) {
        MailSiteStatus before = live.getStatus();
        return before == null
                ? MailSiteStatus.ofOwnership(null).withConditions(NONE_YET, conditions)
                : before.withConditions(before.observedGeneration(), conditions).withOwnership(null);
    }

    @Override
    protected int calls(MailSite live, ServiceClass service) {
        int look = callsOfACheck(live);
        int domains = live.getSpec().customDomains().size();
        // A host name is asked for, added, and looked at once more.
        return service == ServiceClass.CHECK ? look : look + CALLS_OF_A_DEPLOYMENT + 3 * domains;
    }

    /** About how many calls it takes to see that all of a MailSite is as it should be. */
    public static int callsOfACheck(MailSite site) {
        return SiteObserver.calls(site.getSpec().customDomains().size());
    }

    @Override
    protected Work<ReconcileResult<MailSiteStatus>> reconciliationOf(MailSite live, CloudflareSession session) {
        return Work.on(
                lockOf(live),
                () -> reconciliation.run(live, new SiteOwnershipSession(session.writingWith(writer), live), session));
    }

    @Override
    protected Work<CleanupResult> cleanupOf(MailSite live, CloudflareSession session) {
        return Work.on(lockOf(live), () -> cleanup.run(live, new SiteOwnershipSession(writer, live), session));
    }

    /** No domain has a space in its name. */
    private static String lockOf(MailSite live) {
        return "site " + live.getSpec().project();
    }

    @Override
    protected Optional<MailSiteStatus> waiting(MailSite live, Blocked why, CloudflareSession session) {
        return new SiteReport(live, services.clock().instant()).blocked(why).said();
    }

    @Override
    protected MailSiteStatus withoutOwnership(MailSiteStatus status) {
        return status.withOwnership(null);
    }

    @Override
    protected MailSiteStatus acknowledging(MailSiteStatus status, @Nullable String request) {
        return status.withLastHandledReconcileAt(request);
    }

    @Override
    public void forget(String uid) {
        lastGood.forget(uid);
        reconciliation.forget(uid);
    }

    /** Of a Secret's followers {@code SecretWatches} knows itself. */
    @Override
    public Set<String> uids() {
        Set<String> all = new HashSet<>(lastGood.uids());
        all.addAll(reconciliation.uids());
        return all;
    }
}
