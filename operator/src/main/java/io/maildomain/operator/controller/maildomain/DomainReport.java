package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.DriftCorrection;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailDomainSummary;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RoutingStatus;
import io.maildomain.api.v1alpha1.ZoneStatus;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.maildomain.Outcomes.Requeued;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.HostOutcome;
import io.maildomain.operator.controller.maildomain.plan.PlanMessages;
import io.maildomain.operator.controller.maildomain.plan.RuleOutcome;
import io.maildomain.operator.controller.maildomain.plan.ZoneState;
import io.maildomain.operator.dns.plan.UnicodeName;
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
import org.jspecify.annotations.Nullable;

/** Collects what one reconcile finds and makes the status of it. Lives as long as that reconcile. */
final class DomainReport {

    private static final List<ConditionType> STEPS = List.of(
            ConditionType.CREDENTIALS_VALID,
            ConditionType.ZONE_READY,
            ConditionType.ROUTING_ENABLED,
            ConditionType.DNS_READY,
            ConditionType.RULES_SYNCED);

    private static final int PENDING_SHOWN = 50;

    /** The schema refuses longer lists. */
    private static final int HOSTS_SHOWN = 60;

    private static final int ACCOUNT_LENGTH = 300;

    private final MailDomain resource;
    private final MailDomainStatus before;
    private final Instant now;
    private final Map<ConditionType, Check> checks = new EnumMap<>(ConditionType.class);

    private String account = "";
    private @Nullable ZoneStatus zone;
    private @Nullable RoutingStatus routing;
    private List<Requeued<HostOutcome>> hosts = List.of();
    private List<Requeued<RuleOutcome>> rules = List.of();
    private List<String> pending = List.of();
    private @Nullable DriftCorrection drift;
    private Requeue requeue = Requeue.RESYNC;
    private Duration notBefore = Duration.ZERO;
    private boolean measured;

    DomainReport(MailDomain resource, Instant now) {
        this.resource = resource;
        this.before = Optional.ofNullable(resource.getStatus()).orElse(MailDomainStatus.ofOwnership(null));
        this.now = now;
        this.drift = Optional.ofNullable(before.lastDriftCorrected())
                .filter(known -> known.time() != null)
                .orElse(null);
    }

    void credentials(Usable usable) {
        account = shortened(usable.shownAccount());
        checks.put(
                ConditionType.CREDENTIALS_VALID,
                Check.yes(
                        ConditionType.CREDENTIALS_VALID,
                        Reason.TokenFound,
                        usable.describe(resource.getSpec().domain())));
    }

    /** Names can be as long as Kubernetes allows: a status that the schema refuses would say nothing at all. */
    private static String shortened(String shown) {
        return shown.length() <= ACCOUNT_LENGTH ? shown : shown.substring(0, ACCOUNT_LENGTH - 1) + "…";
    }

    void zone(Zone found) {
        zone = new ZoneStatus(found.id(), found.status(), found.nameServers(), found.originalNameServers());
        checks.put(ConditionType.ZONE_READY, ZoneState.check(found));
        if (!found.status().equals("active")) {
            requeue = requeue.sooner(Requeue.WAITING);
        }
    }

    void routing(RoutingSettings settings) {
        routing = new RoutingStatus(settings.enabled(), settings.status());
    }

    void results(Check routingCheck, List<Requeued<HostOutcome>> hostResults, List<Requeued<RuleOutcome>> ruleResults) {
        hosts = hostResults;
        rules = ruleResults;
        measured = true;
        checks.put(ConditionType.ROUTING_ENABLED, routingCheck);
        checks.put(ConditionType.DNS_READY, ResultChecks.dns(hosts));
        checks.put(ConditionType.RULES_SYNCED, ResultChecks.rules(rules));
        if (routingCheck.reason() == Reason.NotTakingEffect) {
            requeue = requeue.sooner(Requeue.WAITING);
        }
        hosts.forEach(host -> requeue = requeue.sooner(host.requeue()));
        rules.forEach(rule -> requeue = requeue.sooner(rule.requeue()));
    }

    /** A change failed that no verdict speaks of: the condition that it belongs to does. */
    void failed(Change change, Diagnosis why) {
        if (change instanceof Change.EnableRouting || change instanceof Change.AddSubdomain) {
            return;
        }
        ConditionType type = ConditionType.ROUTING_ENABLED;
        if (change instanceof Change.RuleChange) {
            type = ConditionType.RULES_SYNCED;
        } else if (change instanceof Change.RemoveSubdomain) {
            type = ConditionType.DNS_READY;
        }
        Check found = checks.get(type);
        if (found == null || found.holds()) {
            checks.put(type, Check.no(type, why.reason(), change.describe() + ": " + why.message()));
        }
    }

    /** A setting that Cloudflare confirmed and does not show. */
    void subaddressingNotTaken(Change change) {
        requeueAtLeast(Requeue.WAITING);
        Check found = checks.get(ConditionType.ROUTING_ENABLED);
        if (found == null || found.holds()) {
            checks.put(
                    ConditionType.ROUTING_ENABLED,
                    Check.no(
                            ConditionType.ROUTING_ENABLED,
                            Reason.SubaddressingNotTakingEffect,
                            PlanMessages.subaddressingNotTaken(change.describe())));
        }
    }

    void pendingChanges(List<String> words) {
        pending = words;
    }

    void driftCorrected(String what) {
        drift = new DriftCorrection(now, PlanMessages.bounded(what));
    }

    void requeueAtLeast(Requeue other) {
        requeue = requeue.sooner(other);
    }

    /** A step is left for the next look, which must agree with this one. */
    void looksAgain(Duration pause) {
        notBefore = pause;
        requeueAtLeast(Requeue.WAITING);
    }

    /** The reconcile went through; Ready sums up. */
    ReconcileResult<MailDomainStatus> finished() {
        Check ready = obstacle()
                .map(check -> check.as(ConditionType.READY))
                .orElseGet(() -> Check.yes(ConditionType.READY, Reason.Ready, ResultChecks.allWell(hosts, rules)));
        return result(ready, requeue, ready.reason(), notBefore);
    }

    /** Nothing may be written (Observe, drift Report): Ready says that watching works, InSync what is found. */
    ReconcileResult<MailDomainStatus> watched(Reason reason) {
        checks.put(ConditionType.IN_SYNC, inSync());
        Check ready = Check.yes(
                ConditionType.READY, reason, "watching only: nothing is written to Cloudflare for this resource");
        return result(ready, Requeue.RESYNC, reason, Duration.ZERO);
    }

    /** What must not be changed, such as foreign records, is out of sync as well, though nothing is pending. */
    private Check inSync() {
        if (!pending.isEmpty()) {
            String changes = pending.size() == 1 ? "1 change" : pending.size() + " changes";
            return Check.no(
                    ConditionType.IN_SYNC, Reason.OutOfSync, changes + " would be made: see status.pendingChanges");
        }
        return obstacle()
                .filter(check -> check.type() != ConditionType.ZONE_READY)
                .map(check -> new Check(ConditionType.IN_SYNC, check.status(), check.reason(), check.message()))
                .orElseGet(
                        () -> Check.yes(ConditionType.IN_SYNC, Reason.InSync, "Cloudflare is as this resource says"));
    }

    /** A user asked for no calls at all. */
    ReconcileResult<MailDomainStatus> suspended() {
        Check ready = Check.unknown(
                ConditionType.READY, Reason.Suspended, "spec.suspend is true: no call is made to Cloudflare");
        before.conditions().stream()
                .flatMap(condition -> STEPS.stream().filter(step -> step.value().equals(condition.type())))
                .forEach(step ->
                        checks.put(step, Check.unknown(step, Reason.Suspended, "not looked at while suspended")));
        keepsClaimOpen(ready);
        zone = before.zone();
        routing = before.routing();
        return result(ready, Requeue.RESYNC, Reason.Suspended, Duration.ZERO);
    }

    /** A lost claim is remembered in ZoneReady until it is decided anew: it must not inherit other people's mail meanwhile. */
    private void keepsClaimOpen(Check now) {
        ClaimCheck.stillOpen(resource, now).ifPresent(check -> checks.put(ConditionType.ZONE_READY, check));
    }

    /** The reconcile ended early: later steps are not known. */
    ReconcileResult<MailDomainStatus> blocked(Blocked blocked) {
        checks.put(blocked.at(), blocked.check());
        STEPS.forEach(step -> checks.putIfAbsent(
                step,
                Check.unknown(
                        step, Reason.NotReached, "waits for " + blocked.at().value())));
        boolean claimed = zone != null && resource.getSpec().mode() == Mode.Manage;
        if (!claimed && !blocked.reason().isLostClaim()) {
            keepsClaimOpen(blocked.check());
        }
        zone = zone == null ? before.zone() : zone;
        routing = routing == null ? before.routing() : routing;
        Reason reason = blocked.reason().isLostClaim() ? Reason.Conflict : blocked.reason();
        Check ready = new Check(ConditionType.READY, blocked.status(), reason, blocked.message());
        return result(ready, blocked.requeue(), blocked.reason(), blocked.notBefore());
    }

    private Optional<Check> obstacle() {
        return STEPS.stream()
                .map(checks::get)
                .filter(check -> check != null && !check.holds())
                .findFirst();
    }

    private ReconcileResult<MailDomainStatus> result(Check ready, Requeue next, Reason cause, Duration notBefore) {
        List<Check> all = new ArrayList<>();
        all.add(ready);
        STEPS.stream().filter(checks::containsKey).map(checks::get).forEach(all::add);
        Optional.ofNullable(checks.get(ConditionType.IN_SYNC)).ifPresent(all::add);
        if (next == Requeue.WAITING || next == Requeue.BACKOFF || next == Requeue.CONFLICT) {
            all.add(Check.yes(ConditionType.RECONCILING, ready.reason(), ready.message()));
        } else if (next == Requeue.STALLED) {
            all.add(Check.yes(ConditionType.STALLED, ready.reason(), ready.message()));
        }
        long generation = resource.getMetadata().getGeneration();
        MailDomainStatus status = new MailDomainStatus(
                generation,
                Conditions.of(before.conditions(), all, generation, now),
                new MailDomainSummary(
                        ruleSummary(),
                        account.isEmpty() ? null : account,
                        nameServers(),
                        UnicodeName.of(resource.getSpec().domain()).orElse(null)),
                zone,
                null,
                routing,
                measured ? dnsStatus() : before.dns(),
                measured ? rules.stream().map(rule -> rule.verdict().status()).toList() : before.rules(),
                pending.stream().limit(PENDING_SHOWN).toList(),
                pending.isEmpty() ? null : pending.size(),
                drift,
                null,
                resource.getMetadata().getUid(),
                null);
        return new ReconcileResult<MailDomainStatus>(status, next, cause, notBefore);
    }

    /** As one text: kubectl shows no more than the first entry of a list, or all of it as JSON. */
    private @Nullable String nameServers() {
        return zone == null || zone.nameServers().isEmpty() ? null : String.join(",", zone.nameServers());
    }

    private List<HostStatus> dnsStatus() {
        return hosts.stream()
                .map(host -> host.verdict().status())
                .limit(HOSTS_SHOWN)
                .toList();
    }

    private String ruleSummary() {
        if (!measured && before.summary() != null) {
            return before.summary().rules();
        }
        long good = rules.stream().filter(rule -> rule.verdict().good()).count();
        return good + "/" + resource.getSpec().rules().size();
    }
}
