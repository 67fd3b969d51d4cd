package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The resources of one case in one place, and the operator that looks after them. */
final class Life implements Closeable {

    /** So long nothing happens any more: then nothing is under way. */
    private static final Duration QUIET = Duration.ofMillis(200);

    /** Long enough for a process that has only just started, on a busy machine. */
    private static final Duration LONG_QUIET = Duration.ofSeconds(1);

    private final Place place;
    private final JsonNode world;
    private final JsonNode seed;
    private final Operators operators;
    private final ApiGate gate;

    /**
     * @param world all that Cloudflare holds at first
     * @param operators who looks after the place
     */
    Life(Place place, JsonNode world, Operators operators) {
        this(place, world, operators, null);
    }

    /** @param gate between the operator and the API server; null where there is none */
    Life(Place place, JsonNode world, Operators operators, ApiGate gate) {
        this.gate = gate;
        this.place = place;
        this.world = world;
        this.seed = Seed.view(world, place.names());
        this.operators = operators;
    }

    Place place() {
        return place;
    }

    /** What of the world is of this place. */
    JsonNode seed() {
        return seed;
    }

    /** Between the operator and the API server, where something is. */
    Optional<ApiGate> gate() {
        return Optional.ofNullable(gate);
    }

    /** Who looks after the place; others may share him. */
    Operators operators() {
        return operators;
    }

    /** A new world, in which the operator has nothing to do yet; one that has nothing left to do goes on. */
    void begin() {
        boolean goesOn = operators.isRunning() && place.isEmpty();
        if (!goesOn) {
            operators.stop();
        }
        place.reset(world);
        if (!goesOn) {
            operators.start();
        }
        awaitQuiet();
    }

    /** The phase takes place, from the first cause to the last; what comes of it is not waited for. */
    void happen(Phase phase) {
        place.forgetCalls();
        if (phase.isWhileDown()) {
            operators.stop();
        }
        phase.happen(this);
        if (phase.isWhileDown()) {
            operators.start();
        }
    }

    /** The phase as it goes by itself, with time for everything that may come late. @return how everything stands then */
    Picture watch(Phase phase) {
        happen(phase);
        Waiting.until("phase " + phase + " to be over", () -> {
            awaitLongQuiet();
            return allIsSaid();
        });
        return picture();
    }

    /** Whether each resource says of its present spec that all is well, or all are gone. */
    boolean allIsSaid() {
        List<MailDomain> domains = place.mailDomains();
        List<CatchAllRule> rules = place.catchAllRules();
        return domains.stream()
                        .allMatch(domain -> domain.getStatus() != null
                                && isReady(
                                        domain,
                                        domain.getStatus().observedGeneration(),
                                        domain.getStatus().conditions()))
                && rules.stream()
                        .allMatch(rule -> rule.getStatus() != null
                                && isReady(
                                        rule,
                                        rule.getStatus().observedGeneration(),
                                        rule.getStatus().conditions()));
    }

    private static boolean isReady(HasMetadata resource, Long observed, List<Condition> conditions) {
        return !resource.isMarkedForDeletion()
                && Objects.equals(resource.getMetadata().getGeneration(), observed)
                && conditions.stream()
                        .anyMatch(condition -> condition.type().equals("Ready")
                                && condition.status().equals("True"));
    }

    /** Whether the MailDomain says that it is not ready for this reason. */
    boolean says(String mailDomain, String reason) {
        return place.mailDomain(mailDomain)
                .filter(domain -> domain.getStatus() != null)
                .filter(domain -> domain.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Ready")
                                && condition.reason().equals(reason)))
                .isPresent();
    }

    /** How everything stands now. */
    Picture picture() {
        List<HasMetadata> resources = new ArrayList<>(place.mailDomains());
        resources.addAll(place.catchAllRules());
        return Picture.of(place.state(), seed, place.calls(), resources).without(place.namespace(), place.names());
    }

    /** Waits until the operator works, yet nobody calls Cloudflare and no resource changes. */
    void awaitQuiet() {
        awaitQuiet(QUIET);
    }

    /** The same, for so long that nothing comes late. */
    void awaitLongQuiet() {
        awaitQuiet(LONG_QUIET);
    }

    private void awaitQuiet(Duration time) {
        // One that is not ready has not begun: that is no quiet.
        Waiting.untilQuiet(time, () -> operators.isReady() ? place.activity() : System.nanoTime());
    }

    @Override
    public void close() {
        operators.stop();
    }
}
