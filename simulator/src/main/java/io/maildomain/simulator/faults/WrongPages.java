package io.maildomain.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;

/** Pages of lists that are not what the list holds. */
final class WrongPages {

    private WrongPages() {}

    /** The page as the fault has it; what is no list stays as it is. */
    static Answer of(Fault.Page wrong, Answer right) {
        if (!(right.json() instanceof ObjectNode envelope)
                || !(envelope.get("result") instanceof ArrayNode items)
                || !(envelope.get("result_info") instanceof ObjectNode info)) {
            return right;
        }
        return switch (wrong) {
            case LOST -> changed(right, envelope, none(), info);
            case SHORT -> changed(right, envelope, none(), without(items.size(), info));
            case DOUBLED -> changed(right, envelope, doubled(items), info);
            case STALE -> right;
        };
    }

    private static ArrayNode none() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static ArrayNode doubled(ArrayNode items) {
        int kept = (items.size() + 1) / 2;
        int shown = items.size() == 1 ? 2 : items.size();
        ArrayNode doubled = none();
        for (int i = 0; i < shown; i++) {
            doubled.add(items.get(i % kept));
        }
        return doubled;
    }

    private static ObjectNode without(int items, ObjectNode info) {
        int total = info.path("total_count").asInt() - items;
        int perPage = info.path("per_page").asInt(1);
        return info.deepCopy().put("total_count", total).put("total_pages", (total + perPage - 1) / perPage);
    }

    private static Answer changed(Answer right, ObjectNode envelope, ArrayNode items, ObjectNode info) {
        ObjectNode body = envelope.deepCopy();
        JsonNode counted = info.deepCopy().put("count", items.size());
        body.set("result", items);
        body.set("result_info", counted);
        return Answer.json(right.status(), body).with(right.headers());
    }
}
