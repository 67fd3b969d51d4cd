package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.state.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lets histories happen in one town and says what was wrong. */
final class HistoryRunner {

    private static final Duration BETWEEN_NUDGES = Duration.ofSeconds(1);

    private static final Duration A_LOOK = Duration.ofSeconds(1);

    private static final int MOST_LOOKS = 6;
    private static final int MOST_ROUNDS = 4;

    private final HistoryEnvironment town;
    private final JsonNode seed;
    private final Duration patience;

    /** @param patience until everything must have converged */
    HistoryRunner(HistoryEnvironment town, JsonNode seed, Duration patience) {
        this.town = town;
        this.seed = seed;
        this.patience = patience;
    }

    /** What was wrong, a line each; empty: everything converged and no other was harmed. */
    List<String> run(History history) {
        try {
            town.begin(seed);
            ForeignStateModel people = new ForeignStateModel(town);
            for (Step step : history.steps()) {
                happen(step, people);
                List<String> complaints = people.complaints();
                if (!complaints.isEmpty()) {
                    return headed("after " + step, complaints);
                }
            }
            return theEnd(people);
        } catch (RuntimeException failure) {
            return List.of(failure.toString());
        } finally {
            town.stop();
        }
    }

    private void happen(Step step, ForeignStateModel people) {
        if (step instanceof Step.Apply apply) {
            people.lend(apply.spec());
        }
        step.happen(town);
        people.look();
    }

    private List<String> theEnd(ForeignStateModel people) {
        town.controls().clearFaults();
        List<String> restless = comeToRest();
        if (!restless.isEmpty()) {
            return restless;
        }
        List<String> harmed = people.complaints();
        return harmed.isEmpty() ? afterwards(people) : headed("in the end", harmed);
    }

    /** What one resource gives up another may take up: everything is well once that has come to an end. */
    private List<String> comeToRest() {
        List<String> complaints = List.of();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            complaints = await(new InvariantChecker(town)::complaints);
            if (!complaints.isEmpty()) {
                return headed("in the end", complaints);
            }
            List<String> restless = secondLook();
            if (!restless.isEmpty()) {
                return headed("though nothing is to do", restless);
            }
            complaints = new InvariantChecker(town).complaints();
            if (complaints.isEmpty()) {
                return complaints;
            }
        }
        return headed("again and again", complaints);
    }

    /** Looking again when all is well writes nothing; what was still under way may take some looks to come to its end. */
    private List<String> secondLook() {
        List<String> writes = List.of();
        for (int look = 0; look < MOST_LOOKS; look++) {
            town.awaitQuiet();
            town.controls().clearCalls();
            nudge();
            awaitALook();
            town.awaitQuiet();
            writes = town.controls().calls().stream()
                    .filter(call -> !call.method().equals("GET"))
                    .map(HistoryRunner::words)
                    .toList();
            if (writes.isEmpty()) {
                return writes;
            }
        }
        return writes;
    }

    /** What is quiet may not have begun to look; who has lost its claim, or has no access, looks at nothing. */
    private void awaitALook() {
        Waiting.holds(A_LOOK, () -> !town.controls().calls().isEmpty());
    }

    private static String words(SeenCall call) {
        return call.method() + " " + call.path();
    }

    private List<String> afterwards(ForeignStateModel people) {
        town.places().forEach(Sandbox::deleteAll);
        List<String> left = await(this::resourcesLeft);
        if (!left.isEmpty()) {
            return headed("after everything was deleted", left);
        }
        List<String> complaints = new ArrayList<>(people.complaints());
        complaints.addAll(people.complaintsInTheEnd());
        for (String domain : History.DOMAINS) {
            town.controls().zone(domain).ifPresent(zone -> complaints.addAll(leftIn(zone)));
        }
        return complaints.isEmpty() ? complaints : headed("after everything was deleted", complaints);
    }

    private List<String> resourcesLeft() {
        return town.resources()
                .map(resource -> InvariantChecker.name(resource) + " is still there, "
                        + Json.of(resource).path("status"))
                .toList();
    }

    private static List<String> leftIn(Zone zone) {
        List<String> left = new ArrayList<>();
        if (zone.name().equals("fresh.example")) {
            left.add("zone fresh.example is left over");
        }
        zone.rules().stream()
                .filter(HistoryEnvironment::isOurs)
                .forEach(rule -> left.add("a rule is left over: " + rule));
        if (HistoryEnvironment.isOurs(zone.catchAll())) {
            left.add("a catch-all is left over: " + zone.catchAll());
        }
        return left;
    }

    /** Waits until there are no more, asking for a look now and then: back-off may have grown long. */
    private List<String> await(Supplier<List<String>> complaints) {
        long end = System.nanoTime() + patience.toNanos();
        List<String> now = complaints.get();
        while (!now.isEmpty() && System.nanoTime() < end) {
            new Step.Activate("fresh.example").happen(town);
            nudge();
            Waiting.holds(BETWEEN_NUDGES, () -> complaints.get().isEmpty());
            now = complaints.get();
        }
        return now;
    }

    private void nudge() {
        town.places().forEach(place -> place.nudge(String.valueOf(System.nanoTime())));
    }

    private static List<String> headed(String when, List<String> complaints) {
        List<String> headed = new ArrayList<>(List.of(when + ":"));
        headed.addAll(complaints);
        return headed;
    }
}
