package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.diagnosis.Diagnosis;
import io.maildomain.operator.diagnosis.Kind;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.routing.MailAction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How hosts and rules stand after a plan was applied: the plan's verdicts, corrected by what came of each change. Pure. */
final class Verdicts {

    private Verdicts() {}

    /** A verdict together with how soon it is worth another look. */
    record Paced<V>(V verdict, Pace pace) {}

    /** @param now the time of what turns out not to have been carried out */
    static List<Paced<RuleVerdict>> rules(
            Plan plan, Applied applied, Instant now, Function<Applied.Failed, Diagnosis> diagnose) {
        return plan.rules().stream()
                .map(verdict -> rule(verdict, applied, now, diagnose))
                .toList();
    }

    private static Paced<RuleVerdict> rule(
            RuleVerdict planned, Applied applied, Instant now, Function<Applied.Failed, Diagnosis> diagnose) {
        if (planned.notTakenSince() != null) {
            return new Paced<>(planned, Pace.WAITING);
        }
        if (planned.state() != RuleState.Pending) {
            return new Paced<>(planned, paceOf(planned.state()));
        }
        Optional<Diagnosis> failure = applied.failureOf(planned.address()).map(diagnose);
        if (failure.isPresent()) {
            return failed(planned, failure.get());
        }
        boolean written = applied.done().stream().anyMatch(change -> isWriteOf(change, planned.address()));
        if (!written) {
            // It waits for a host or for another change, and those have a pace of their own.
            return new Paced<>(planned, Pace.SETTLED);
        }
        String id = applied.ruleIds().getOrDefault(planned.address(), planned.id());
        Optional<MailAction> inVain = applied.notTaken().stream()
                .filter(change -> isWriteOf(change, planned.address()))
                .findFirst()
                .flatMap(change ->
                        MailAction.of(((Change.RuleWrite) change).draft().actions()));
        if (inVain.isPresent()) {
            return new Paced<>(RuleVerdict.notTaken(planned.address(), id, inVain.get(), now), Pace.WAITING);
        }
        return new Paced<>(RuleVerdict.synced(planned.address(), id), Pace.SETTLED);
    }

    private static Paced<RuleVerdict> failed(RuleVerdict planned, Diagnosis why) {
        RuleState state = stateOf(why);
        Pace pace =
                switch (why.kind()) {
                    case TRANSIENT -> Pace.TRANSIENT;
                    case WAITING -> Pace.WAITING;
                    case FINAL -> Pace.FINAL;
                };
        return new Paced<>(new RuleVerdict(planned.address(), planned.id(), state, why.message()), pace);
    }

    private static RuleState stateOf(Diagnosis why) {
        for (RuleState known : List.of(RuleState.DestinationUnverified, RuleState.WorkerMissing)) {
            if (known.name().equals(why.reason())) {
                return known;
            }
        }
        return why.kind() == Kind.FINAL ? RuleState.Failed : RuleState.Pending;
    }

    private static boolean isWriteOf(Change change, String address) {
        return isWrite(change) && change.subject().equals(address);
    }

    /** Whether it brings a rule in line, rather than taking one away. */
    static boolean isWrite(Change change) {
        return change instanceof Change.RuleWrite;
    }

    private static Pace paceOf(RuleState state) {
        return switch (state) {
            case Synced, Matched -> Pace.SETTLED;
            case Pending, DestinationUnverified, WorkerMissing -> Pace.WAITING;
            default -> Pace.FINAL;
        };
    }

    static List<Paced<HostVerdict>> hosts(
            Plan plan, Applied applied, Aftermath aftermath, Function<Applied.Failed, Diagnosis> diagnose) {
        return plan.hosts().stream()
                .map(verdict -> host(plan, verdict, applied, aftermath, diagnose))
                .toList();
    }

    private static Paced<HostVerdict> host(
            Plan plan,
            HostVerdict planned,
            Applied applied,
            Aftermath aftermath,
            Function<Applied.Failed, Diagnosis> diagnose) {
        Optional<Applied.Failed> failure = applied.failureOf(Change.AddSubdomain.class, planned.host())
                .or(() -> applied.failureOf(Change.EnableRouting.class, planned.host()));
        if (failure.isPresent()) {
            Diagnosis why = diagnose.apply(failure.get());
            HostState state = "ForeignRecords".equals(why.reason()) ? HostState.Foreign : HostState.Missing;
            Pace pace = why.kind() == Kind.FINAL ? Pace.FINAL : Pace.TRANSIENT;
            return new Paced<>(new HostVerdict(planned.host(), state, why.message()), pace);
        }
        boolean apex = applied.did(Change.EnableRouting.class, planned.host());
        if (apex || applied.did(Change.AddSubdomain.class, planned.host())) {
            HostVerdict seen = aftermath.verdict(planned.host(), apex);
            return new Paced<>(seen, seen.isNotTaken() ? Pace.WAITING : paceOf(seen.state()));
        }
        if (planned.isNotTaken()) {
            return new Paced<>(planned, Pace.WAITING);
        }
        // What waits for the domain itself, or for a change that failed, has its pace from there.
        boolean waits = plan.routing() == Plan.RoutingVerdict.BLOCKED_BY_FOREIGN_RECORDS
                || plan.changes().stream().anyMatch(change -> change.subject().equals(planned.host()));
        return new Paced<>(
                planned, waits && planned.state() == HostState.Missing ? Pace.SETTLED : paceOf(planned.state()));
    }

    private static Pace paceOf(HostState state) {
        return switch (state) {
            case Ready, Unlocked -> Pace.SETTLED;
            case Missing, Foreign, Unknown -> Pace.FINAL;
        };
    }
}
