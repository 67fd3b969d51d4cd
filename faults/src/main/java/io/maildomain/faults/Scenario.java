package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.Conditioned;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The resources of one case in one place, and the operator that looks after them. */
final class Scenario implements Closeable {

    /** So long nothing happens any more: then nothing is under way. */
    private static final Duration QUIET = Duration.ofMillis(200);

    /** Clearly longer than what the operator puts off a second: it then waits for more resources before it compares. */
    private static final Duration LONG_QUIET = Duration.ofSeconds(2);

    private final List<Sandbox> places;
    private final HandOverRecords records;
    private final JsonNode world;
    private final JsonNode seed;
    private final Operators operators;
    private final WriteGate gate;

    /**
     * @param world all that Cloudflare holds at first
     * @param operators who looks after the place
     */
    Scenario(Sandbox place, JsonNode world, Operators operators) {
        this(place, world, operators, null);
    }

    /** @param gate between the operator and the API server; null where there is none */
    Scenario(Sandbox place, JsonNode world, Operators operators, WriteGate gate) {
        this(List.of(place), world, operators, gate, HandOverRecords.none());
    }

    /**
     * @param places where it begins, and where it may move to
     * @param records what the operator notes elsewhere
     */
    Scenario(List<Sandbox> places, JsonNode world, Operators operators, WriteGate gate, HandOverRecords records) {
        this.gate = gate;
        this.places = List.copyOf(places);
        this.records = records;
        this.world = world;
        this.seed = InitialState.view(world, place().names());
        this.operators = operators;
    }

    /** Where it begins; the calls to Cloudflare of all its places are counted here. */
    Sandbox place() {
        return places.get(0);
    }

    /** Another namespace, to which everything may move. */
    Sandbox neighbour() {
        return places.get(1);
    }

    List<Sandbox> places() {
        return places;
    }

    /** What of the world is of this place. */
    JsonNode seed() {
        return seed;
    }

    /** Between the operator and the API server, where something is. */
    Optional<WriteGate> gate() {
        return Optional.ofNullable(gate);
    }

    /** Who looks after the place; others may share him. */
    Operators operators() {
        return operators;
    }

    /** A new world, in which the operator has nothing to do yet; one that has nothing left to do goes on. */
    void begin() {
        boolean goesOn = operators.isRunning() && isEmpty();
        if (!goesOn) {
            operators.stop();
        }
        clear();
        place().reset(world);
        if (!goesOn) {
            operators.start();
        }
        awaitQuiet();
    }

    /** Whether nothing is left of it in the API server. */
    boolean isEmpty() {
        return places.stream().allMatch(Sandbox::isEmpty)
                && records.lines(namespaces()).isEmpty();
    }

    /** Takes all resources away, and what the operator noted of them. */
    void clear() {
        places.forEach(Sandbox::clear);
        records.clear(namespaces());
    }

    private List<String> namespaces() {
        return places.stream().map(Sandbox::namespace).toList();
    }

    /** The phase takes place, from the first cause to the last; what comes of it is not waited for. */
    void happen(Phase phase) {
        place().forgetCalls();
        if (phase.isWhileDown()) {
            operators.stop();
        }
        phase.happen(this);
        if (phase.isWhileDown()) {
            operators.start();
        }
    }

    /** The phase as it goes by itself, with time for everything that may come late. @return how everything stands then */
    StateSnapshot watch(Phase phase) {
        happen(phase);
        Waiting.until("phase " + phase + " to be over", () -> {
            awaitLongQuiet();
            return allIsSaid() && phase.isMended(this);
        });
        return picture();
    }

    /** Whether each resource says of its present spec that all is well, or all are gone. */
    boolean allIsSaid() {
        return !records.isAnybodyAwaited(namespaces())
                && places.stream().flatMap(place -> place.resources().stream()).allMatch(Scenario::isReady);
    }

    private static boolean isReady(HasMetadata resource) {
        return AttachedLife.isSettled(resource)
                || !resource.isMarkedForDeletion()
                        && resource instanceof CustomResource<?, ?> ours
                        && ours.getStatus() instanceof Conditioned status
                        && Objects.equals(resource.getMetadata().getGeneration(), status.observedGeneration())
                        && status.condition("Ready")
                                .filter(ready -> ready.status().equals("True"))
                                .isPresent();
    }

    /** Whether the MailDomain says that it is not ready for this reason. */
    boolean says(String mailDomain, String reason) {
        return place().mailDomain(mailDomain)
                .filter(domain -> domain.getStatus() != null)
                .filter(domain -> domain.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Ready")
                                && condition.reason().equals(reason)))
                .isPresent();
    }

    /** How everything stands now. */
    StateSnapshot picture() {
        List<HasMetadata> resources =
                places.stream().flatMap(place -> place.resources().stream()).toList();
        StateSnapshot picture = StateSnapshot.of(place().state(), seed, place().calls(), resources)
                .and(records.lines(namespaces()));
        StateSnapshot whole =
                place().kinds() == Kinds.DEPLOYED ? DeployPicture.of(place()).in(picture) : picture;
        for (Sandbox other : places.subList(1, places.size())) {
            whole = whole.without(other.namespace(), other.names());
        }
        return whole.without(place().namespace(), place().names());
    }

    /** The calls since calls were forgotten; what an account does to know its token's rights, it does when it wants. */
    List<CallSpot> calls() {
        return CallSpot.of(place().calls(), seed).stream()
                .filter(call -> !place().usesAccount() || !call.isAboutRights())
                .toList();
    }

    /** Every write at Cloudflare since calls were forgotten. */
    List<String> writes() {
        return place().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .map(call -> "written: " + call.method() + " " + call.path())
                .toList();
    }

    /** Waits until the operator works, yet it does not call Cloudflare and no resource changes. */
    void awaitQuiet() {
        awaitQuiet(QUIET, () -> false);
    }

    /** The same, for so long that nothing comes late. */
    void awaitLongQuiet() {
        awaitLongQuietUnless(() -> false);
    }

    /** @param over makes it quiet, whatever else goes on */
    void awaitLongQuietUnless(BooleanSupplier over) {
        awaitQuiet(LONG_QUIET, over);
    }

    private void awaitQuiet(Duration time, BooleanSupplier over) {
        Waiting.untilQuiet(time, () -> over.getAsBoolean() ? 0 : now());
    }

    /** One that is not ready has not begun, and one that waits for a successor has not ended: that is no quiet. */
    private long now() {
        return operators.isReady() && !records.isAnybodyAwaited(namespaces()) ? activity() : System.nanoTime();
    }

    /** A number that changes whenever something was seen to happen. */
    long activity() {
        return places.stream().mapToLong(Sandbox::activity).sum() + records.activity(namespaces());
    }

    @Override
    public void close() {
        operators.stop();
    }
}
