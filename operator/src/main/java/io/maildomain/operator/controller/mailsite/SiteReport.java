package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.DeploySummary;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ServingVersion;
import io.maildomain.api.v1alpha1.SourceStatus;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.deploy.StepChecks;
import io.maildomain.operator.controller.deploy.Watching;
import io.maildomain.operator.controller.mailsite.plan.SiteDecision;
import io.maildomain.operator.controller.mailsite.plan.SiteForecast;
import io.maildomain.operator.controller.mailsite.plan.SiteObstacle;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what one reconcile of a MailSite finds and makes the status of it. Lives as long as that reconcile. */
final class SiteReport {

    private static final List<ConditionType> STEPS = List.of(
            ConditionType.SOURCE_READY,
            ConditionType.CREDENTIALS_VALID,
            ConditionType.TARGETS_READY,
            ConditionType.DEPLOYED,
            ConditionType.TRIGGERS_APPLIED);

    private static final Map<ConditionType, Check> USUAL = Map.of(
            ConditionType.TARGETS_READY,
            Check.yes(ConditionType.TARGETS_READY, Reason.TargetsReady, "all that it needs is there and granted"),
            ConditionType.DEPLOYED,
            Check.yes(ConditionType.DEPLOYED, Reason.Deployed, "the deployment serves"));

    /** What passes by itself, or what people see to at Cloudflare, of which no change in the cluster tells. */
    private static final Set<Reason> ELSEWHERE =
            Set.of(Reason.ProjectNotFound, Reason.HostnameTaken, Reason.HostnamePending, Reason.RollingOut);

    private final MailSite live;
    private final MailSiteStatus before;
    private final Instant now;
    private final StepChecks checks = new StepChecks(STEPS, USUAL);

    private @Nullable String account;
    private @Nullable SourceStatus source;
    private @Nullable ServingVersion serving;
    private List<String> pending = List.of();

    SiteReport(MailSite live, Instant now) {
        this.live = live;
        this.before = Optional.ofNullable(live.getStatus()).orElse(MailSiteStatus.ofOwnership(null));
        this.now = now;
        this.account = before.summary() == null ? null : before.summary().account();
        this.source = before.source();
        this.serving = before.serving();
    }

    void credentials(Usable usable) {
        account = usable.accountName();
        checks.holds(ConditionType.CREDENTIALS_VALID, Reason.TokenFound, usable.describe());
    }

    /** @param revision empty where the source has no word for it */
    void source(String digest, String revision) {
        source = new SourceStatus(digest, revision.isEmpty() ? null : revision);
        checks.holds(
                ConditionType.SOURCE_READY, Reason.SourceReady, revision.isEmpty() ? digest : revision + " " + digest);
    }

    /** What serves now. */
    void seen(SiteObservation seen) {
        serving = seen.serving()
                .map(current -> new ServingVersion(current.id(), current.ours(), null, null))
                .orElse(null);
    }

    /** What decides of Ready, and how soon the next look is worth it. */
    private record Found(Check decisive, Requeue next) {}

    /** The plan has come to an end, or to a pause. */
    ReconcileResult<MailSiteStatus> decided(SiteDecision decision) {
        return result(found(decision));
    }

    /** Nothing may be written: Ready says that watching works, InSync what would be done. */
    ReconcileResult<MailSiteStatus> watched(SiteForecast forecast) {
        pending = forecast.describe();
        if (pending.isEmpty()) {
            checks.put(Watching.inSync(found(forecast.end()).decisive()));
        } else {
            checks.put(Watching.outOfSync(pending));
            checks.allBefore(ConditionType.DEPLOYED);
            checks.unreached(Watching.WAITS);
        }
        return result(new Found(Watching.READY, Requeue.RESYNC));
    }

    private Found found(SiteDecision decision) {
        if (decision instanceof SiteDecision.Done done) {
            return done(done.deployment());
        }
        if (decision instanceof SiteDecision.Refused refused) {
            return found(refused.obstacles());
        }
        if (decision instanceof SiteDecision.Wait wait) {
            return found(List.of(wait.why()));
        }
        return found(List.of(
                decision instanceof SiteDecision.Stopped stopped
                        ? stopped.why()
                        : ((SiteDecision.Drifted) decision).what()));
    }

    /** It goes no further for this one reason. */
    ReconcileResult<MailSiteStatus> refused(SiteObstacle why) {
        return refused(List.of(why));
    }

    ReconcileResult<MailSiteStatus> refused(List<SiteObstacle> obstacles) {
        return result(found(obstacles));
    }

    /** All obstacles are said at once, each at its condition; Ready says the first. */
    private Found found(List<SiteObstacle> obstacles) {
        Map<ConditionType, List<SiteObstacle>> byType =
                obstacles.stream().collect(Collectors.groupingBy(SiteObstacle::at));
        byType.forEach((type, those) -> checks.put(Check.no(
                type,
                those.get(0).reason(),
                those.stream().map(SiteObstacle::sentence).collect(Collectors.joining("; ")))));
        Check first = checks.first(byType.keySet());
        checks.allBefore(first.type());
        Requeue soonest = obstacles.stream()
                .map(why -> ELSEWHERE.contains(why.reason()) ? Requeue.WAITING : Requeue.STALLED)
                .reduce(Requeue::sooner)
                .orElse(Requeue.STALLED);
        return new Found(first, soonest);
    }

    /** It ended early. A 429 never changes a condition, nor does a hiccup that of a site that is deployed. */
    ReconcileResult<MailSiteStatus> blocked(Blocked why) {
        boolean told = Conditions.find(before.conditions(), ConditionType.READY)
                .filter(why::isToldBy)
                .isPresent();
        if (why.quiet() || why.isHiccup() && Conditions.hasConverged(live) || told) {
            return ReconcileResult.silent(why);
        }
        checks.put(why.check());
        return result(why.check(), why.requeue(), why.notBefore());
    }

    private Found done(String deployment) {
        checks.allBefore(ConditionType.TRIGGERS_APPLIED);
        checks.holds(ConditionType.DEPLOYED, Reason.Deployed, "deployment " + deployment + " serves");
        checks.holds(ConditionType.TRIGGERS_APPLIED, Reason.TriggersApplied, "the custom domains are as the spec says");
        return new Found(
                Check.yes(
                        ConditionType.READY,
                        Reason.Ready,
                        live.getSpec().project() + " is deployed: " + deployment + " serves"),
                Requeue.RESYNC);
    }

    private ReconcileResult<MailSiteStatus> result(Found found) {
        return result(found.decisive(), found.next(), Duration.ZERO);
    }

    private ReconcileResult<MailSiteStatus> result(Check decisive, Requeue next, Duration notBefore) {
        long generation = live.getMetadata().getGeneration();
        MailSiteStatus status = new MailSiteStatus(
                generation,
                checks.conditions(before.conditions(), decisive, next, generation, now),
                DeploySummary.of(
                        serving == null ? null : serving.id(), source == null ? null : source.digest(), account),
                source,
                serving,
                pending,
                pending.isEmpty() ? null : pending.size(),
                null,
                live.getMetadata().getUid(),
                null);
        return new ReconcileResult<MailSiteStatus>(status, next, decisive.reason(), notBefore);
    }
}
