package io.maildomain.faults;

import io.maildomain.harness.ApiServerProxy;
import io.maildomain.harness.ApiServerRequest;
import io.maildomain.harness.Interference;
import io.maildomain.harness.Interference.Hold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts, at an {@link ApiServerProxy}, the writes that an operator makes to our resources; one of each namespace's it can
 * hold, before it reaches the API server or before its answer gets back.
 */
final class WriteGate {

    /** The writes of each namespace, by kind. */
    private final Map<String, List<String>> seen = new HashMap<>();

    private final Map<String, HeldWrite> holds = new HashMap<>();
    private final Map<String, String> neighbours = new HashMap<>();
    private final RecordWrites records = new RecordWrites();

    WriteGate(ApiServerProxy proxy) {
        proxy.interfere(this::met);
    }

    private record HeldWrite(WriteSpot at, Hold hold) {}

    /** From now on what is written in a namespace counts as written in the other one. */
    synchronized void join(String neighbour, String namespace) {
        neighbours.put(neighbour, namespace);
    }

    /** Starts counting a namespace's writes anew, and holds none of them; what is held goes no further. */
    synchronized void clear(String namespace) {
        seen.remove(namespace);
        Optional.ofNullable(holds.remove(namespace))
                .ifPresent(held -> held.hold().drop());
    }

    /** The writes since, in order. */
    synchronized List<WriteSpot> writes(String namespace) {
        return WriteSpot.of(seen.getOrDefault(namespace, List.of()));
    }

    /** Counts from now on, and keeps that write back when it comes. */
    synchronized Hold hold(String namespace, WriteSpot at, Timing moment) {
        clear(namespace);
        Hold hold = new Hold(moment == Timing.AFTER);
        holds.put(namespace, new HeldWrite(at, hold));
        return hold;
    }

    private synchronized Optional<Interference> met(ApiServerRequest request) {
        return WriteSpot.seen(request)
                .or(() -> records.seen(request))
                .map(write ->
                        new WriteSpot.Seen(neighbours.getOrDefault(write.namespace(), write.namespace()), write.kind()))
                .flatMap(this::met);
    }

    private Optional<Interference> met(WriteSpot.Seen write) {
        List<String> before = seen.computeIfAbsent(write.namespace(), namespace -> new ArrayList<>());
        before.add(write.kind());
        long number = before.stream().filter(write.kind()::equals).count();
        return Optional.ofNullable(holds.get(write.namespace()))
                .filter(held -> held.at().equals(new WriteSpot(write.kind(), (int) number)))
                .map(HeldWrite::hold);
    }
}
