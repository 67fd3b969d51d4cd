package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads lists whose items are looked at one by one: an odd one must not hide the others. */
record Listing(CallExecutor executor) {

    /** The whole list. */
    Pages<JsonNode> read(ApiRequest list) {
        return CallExecutor.translated(list.call(), () -> Pages.read(page -> page(list, page), Listing::id));
    }

    /** One page of a list, counted from 1. */
    ApiResponse<List<JsonNode>> page(ApiRequest list, int page) {
        ApiResponse<JsonNode> answer = executor.page(list.page(page));
        if (!answer.result().isArray()) {
            throw new BadAnswer("the result is no list");
        }
        List<JsonNode> items = new ArrayList<>();
        answer.result().forEach(item -> items.add(item.isNull() ? null : item));
        return new ApiResponse<>(items, answer.resultInfo(), answer.at(), answer.size());
    }

    static @Nullable String id(JsonNode item) {
        return item.path("id").isTextual() ? item.path("id").textValue() : null;
    }
}
