package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.DeploySummary;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ServingVersion;
import io.maildomain.api.v1alpha1.SourceStatus;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.mailsite.plan.SiteDecision;
import io.maildomain.operator.controller.mailsite.plan.SiteObstacle;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
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

    /** What passes by itself, or what people see to at Cloudflare, of which no change in the cluster tells. */
    private static final Set<Reason> ELSEWHERE =
            Set.of(Reason.ProjectNotFound, Reason.HostnameTaken, Reason.HostnamePending, Reason.RollingOut);

    private final MailSite live;
    private final MailSiteStatus before;
    private final Instant now;
    private final Map<ConditionType, Check> checks = new EnumMap<>(ConditionType.class);

    private @Nullable String account;
    private @Nullable SourceStatus source;
    private @Nullable ServingVersion serving;

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
        holds(ConditionType.CREDENTIALS_VALID, Reason.TokenFound, usable.describe());
    }

    /** @param revision empty where the source has no word for it */
    void source(String digest, String revision) {
        source = new SourceStatus(digest, revision.isEmpty() ? null : revision);
        holds(ConditionType.SOURCE_READY, Reason.SourceReady, revision.isEmpty() ? digest : revision + " " + digest);
    }

    /** What serves now. */
    void seen(SiteObservation seen) {
        serving = seen.serving()
                .map(current -> new ServingVersion(current.id(), current.ours(), null, null))
                .orElse(null);
    }

    /** The plan has come to an end, or to a pause. */
    ReconcileResult<MailSiteStatus> decided(SiteDecision decision) {
        if (decision instanceof SiteDecision.Done done) {
            return done(done.deployment());
        }
        if (decision instanceof SiteDecision.Refused refused) {
            return refused(refused.obstacles());
        }
        if (decision instanceof SiteDecision.Wait wait) {
            return refused(wait.why());
        }
        return refused(
                decision instanceof SiteDecision.Stopped stopped
                        ? stopped.why()
                        : ((SiteDecision.Drifted) decision).what());
    }

    /** It goes no further for this one reason. */
    ReconcileResult<MailSiteStatus> refused(SiteObstacle why) {
        return refused(List.of(why));
    }

    /** All obstacles are said at once, each at its condition; Ready says the first. */
    ReconcileResult<MailSiteStatus> refused(List<SiteObstacle> obstacles) {
        Map<ConditionType, List<SiteObstacle>> byType =
                obstacles.stream().collect(Collectors.groupingBy(SiteObstacle::at));
        byType.forEach((type, those) -> checks.put(
                type,
                Check.no(
                        type,
                        those.get(0).reason(),
                        those.stream().map(SiteObstacle::sentence).collect(Collectors.joining("; ")))));
        ConditionType first =
                STEPS.stream().filter(byType::containsKey).findFirst().orElseThrow();
        allBefore(first);
        Requeue soonest = obstacles.stream()
                .map(why -> ELSEWHERE.contains(why.reason()) ? Requeue.WAITING : Requeue.STALLED)
                .reduce(Requeue::sooner)
                .orElse(Requeue.STALLED);
        return result(Optional.ofNullable(checks.get(first)).orElseThrow(), soonest, Duration.ZERO);
    }

    /** It ended early. A 429 never changes a condition, nor does a hiccup that of a site that is deployed. */
    ReconcileResult<MailSiteStatus> blocked(Blocked why) {
        boolean told = Conditions.find(before.conditions(), ConditionType.READY)
                .filter(why::isToldBy)
                .isPresent();
        if (why.quiet() || why.isHiccup() && Conditions.hasConverged(live) || told) {
            return ReconcileResult.silent(why);
        }
        checks.put(why.at(), why.check());
        return result(why.check(), why.requeue(), why.notBefore());
    }

    private ReconcileResult<MailSiteStatus> done(String deployment) {
        allBefore(ConditionType.TRIGGERS_APPLIED);
        holds(ConditionType.DEPLOYED, Reason.Deployed, "deployment " + deployment + " serves");
        holds(ConditionType.TRIGGERS_APPLIED, Reason.TriggersApplied, "the custom domains are as the spec says");
        return result(
                Check.yes(
                        ConditionType.READY,
                        Reason.Ready,
                        live.getSpec().project() + " is deployed: " + deployment + " serves"),
                Requeue.RESYNC,
                Duration.ZERO);
    }

    /** What comes before a step is as it should be where that step is reached. */
    private void allBefore(ConditionType step) {
        Map<ConditionType, Check> usual = Map.of(
                ConditionType.TARGETS_READY,
                Check.yes(ConditionType.TARGETS_READY, Reason.TargetsReady, "all that it needs is there and granted"),
                ConditionType.DEPLOYED,
                Check.yes(ConditionType.DEPLOYED, Reason.Deployed, "the deployment serves"));
        STEPS.stream()
                .takeWhile(known -> known != step)
                .filter(usual::containsKey)
                .forEach(known -> checks.putIfAbsent(known, usual.get(known)));
    }

    private void holds(ConditionType type, Reason reason, String message) {
        checks.put(type, Check.yes(type, reason, message));
    }

    private ReconcileResult<MailSiteStatus> result(Check decisive, Requeue next, Duration notBefore) {
        List<Check> all = new ArrayList<>();
        all.add(decisive.as(ConditionType.READY));
        STEPS.forEach(step -> all.add(Optional.ofNullable(checks.get(step))
                .orElseGet(() -> Check.unknown(
                        step, Reason.NotReached, "waits for " + decisive.type().value()))));
        if (next == Requeue.STALLED) {
            all.add(decisive.holding(ConditionType.STALLED));
        } else if (next != Requeue.RESYNC) {
            all.add(decisive.holding(ConditionType.RECONCILING));
        }
        long generation = live.getMetadata().getGeneration();
        MailSiteStatus status = new MailSiteStatus(
                generation,
                Conditions.of(before.conditions(), all, generation, now),
                DeploySummary.of(
                        serving == null ? null : serving.id(), source == null ? null : source.digest(), account),
                source,
                serving,
                null,
                live.getMetadata().getUid(),
                null);
        return new ReconcileResult<MailSiteStatus>(status, next, decisive.reason(), notBefore);
    }
}
