package io.maildomain.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A state without what changes by itself or cannot be undone, and so says nothing about whether two states hold the same. */
final class ComparableState {

    private static final List<String> TIMES = List.of(
            "modified",
            "modified_on",
            "activated_on",
            "checked_on",
            "created",
            "created_on",
            "created_at",
            "creation_date");

    private ComparableState() {}

    /** Takes that out of the state. */
    static ObjectNode of(ObjectNode state) {
        state.remove("history");
        state.findParents("time_travel").forEach(database -> ((ObjectNode) database).remove("time_travel"));
        removeTimes(state);
        return state;
    }

    private static void removeTimes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(TIMES);
        }
        node.forEach(ComparableState::removeTimes);
    }
}
