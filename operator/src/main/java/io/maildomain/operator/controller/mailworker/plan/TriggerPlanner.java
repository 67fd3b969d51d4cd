package io.maildomain.operator.controller.mailworker.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What starts the Worker, which comes last: no rollback brings it back. Only the host of the probe leads there before. What leads to others is not touched, and what others led
 * to this Worker stays. Pure.
 */
final class TriggerPlanner {

    private TriggerPlanner() {}

    /** The next step; empty where nothing differs. What is added comes before what is taken away. */
    static Optional<DeployStep> next(WorkerIntent intent, WorkerState state, DeployLedger ledger) {
        return difference(intent, state, ledger).or(() -> {
            WorkerIntent.Triggers asked = intent.triggers();
            List<String> schedules = asked.schedules() == null ? List.of() : asked.schedules();
            return wereApplied(intent, ledger)
                    ? Optional.empty()
                    : Optional.of(new DeployStep.NoteTriggers(asked.hash(), schedules));
        });
    }

    /** Whether these triggers were applied before: what differs now was changed by others. */
    static boolean wereApplied(WorkerIntent intent, DeployLedger ledger) {
        return intent.triggers().hash().equals(ledger.triggers());
    }

    /**
     * What leads a host to the Worker, of all that the intent asks for; empty where something leads it there, or nothing is to.
     *
     * @param host in lower case
     */
    static Optional<DeployStep> leading(String host, WorkerIntent intent, WorkerState state, DeployLedger ledger) {
        boolean ofOthers = wereApplied(intent, ledger) && !intent.corrects();
        return ofOthers || state.leadsTo(host, intent.script())
                ? Optional.empty()
                : additions(intent, state)
                        .filter(step -> step instanceof DeployStep.PutDomain put
                                        && put.host().equalsIgnoreCase(host)
                                || step instanceof DeployStep.AddRoute add
                                        && RoutePattern.host(add.pattern()).equals(host))
                        .findFirst();
    }

    /** Whether the operator led a host to the Worker for a rollout that has not come to its end yet. */
    static boolean isNew(String host, DeployLedger ledger) {
        return ledger.triggers().isEmpty()
                && Stream.concat(
                                ledger.domains().stream(),
                                ledger.routes().stream().map(RoutePattern::host))
                        .anyMatch(host::equalsIgnoreCase);
    }

    /** The next change, as people read it. */
    static String describe(DeployStep step) {
        if (step instanceof DeployStep.SetSchedules set) {
            return set.schedules().isEmpty() ? "no schedule" : "schedules " + String.join(", ", set.schedules());
        }
        if (step instanceof DeployStep.SetSubdomain set) {
            return "workers.dev " + (set.enabled() ? "on" : "off");
        }
        if (step instanceof DeployStep.PutDomain put) {
            return put.host() + " leads to it";
        }
        return step instanceof DeployStep.AddRoute add ? "the route " + add.pattern() + " leads to it" : "as before";
    }

    private static Optional<DeployStep> difference(WorkerIntent intent, WorkerState state, DeployLedger ledger) {
        return Stream.of(
                        schedules(intent, state, ledger).stream(),
                        subdomain(intent, state).stream(),
                        additions(intent, state),
                        removals(intent.triggers(), intent.script(), state, ledger))
                .flatMap(steps -> steps)
                .findFirst();
    }

    private static Optional<DeployStep> schedules(WorkerIntent intent, WorkerState state, DeployLedger ledger) {
        List<String> asked = intent.triggers().schedules();
        boolean leftOut = asked == null && !ledger.schedules().isEmpty() && isScheduled(state, ledger.schedules());
        List<String> wanted = leftOut ? List.of() : asked;
        return wanted == null || isScheduled(state, wanted)
                ? Optional.empty()
                : Optional.of(new DeployStep.SetSchedules(wanted));
    }

    private static boolean isScheduled(WorkerState state, List<String> schedules) {
        return state.found()
                .filter(script -> new TreeSet<>(script.schedules()).equals(new TreeSet<>(schedules)))
                .isPresent();
    }

    private static Optional<DeployStep> subdomain(WorkerIntent intent, WorkerState state) {
        Boolean wanted = intent.triggers().workersDev();
        return state.found()
                .filter(script -> wanted != null && wanted != script.workersDev())
                .map(script -> new DeployStep.SetSubdomain(!script.workersDev()));
    }

    private static Stream<DeployStep> additions(WorkerIntent intent, WorkerState state) {
        return Stream.concat(
                intent.triggers().customDomains().stream()
                        .filter(host -> state.domain(host).isEmpty())
                        .map(DeployStep.PutDomain::new),
                intent.triggers().routes().stream()
                        .filter(pattern -> state.route(pattern).isEmpty())
                        .map(DeployStep.AddRoute::new));
    }

    /** Only what the operator led to the Worker, and still leads there. */
    static Stream<DeployStep> removals(
            WorkerIntent.Triggers kept, String script, WorkerState state, DeployLedger ledger) {
        Stream<DeployStep> routes = new TreeSet<>(ledger.routes())
                .stream()
                        .filter(pattern -> !kept.routes().contains(pattern))
                        .flatMap(pattern -> state.route(pattern).stream())
                        .filter(route -> route.script().equals(script))
                        .map(route -> new DeployStep.RemoveRoute(route.pattern(), route.id()));
        Stream<DeployStep> domains = new TreeSet<>(ledger.domains())
                .stream()
                        .filter(host -> !kept.customDomains().contains(host))
                        .flatMap(host -> state.domain(host).map(domain -> Map.entry(host, domain)).stream())
                        .filter(entry -> entry.getValue().service().equals(script))
                        .map(entry -> new DeployStep.RemoveDomain(
                                entry.getKey(), entry.getValue().id()));
        return Stream.concat(routes, domains);
    }
}
