package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import retrofit2.Call;

/** Reads lists whose items are looked at one by one: an odd one must not hide the others. */
record Listing(Sender sender) {

    /** @param pages the request for a page, counted from 1 */
    Pages<JsonNode> read(CloudflareCall call, Use use, IntFunction<Call<Envelope<JsonNode>>> pages) {
        return Sender.translated(call, () -> Pages.read(page -> page(call, use, pages.apply(page)), Listing::id));
    }

    /** One page of a list. */
    Answer<List<JsonNode>> page(CloudflareCall call, Use use, Call<Envelope<JsonNode>> request) {
        Answer<JsonNode> answer = sender.page(call, use, request);
        if (!answer.result().isArray()) {
            throw new BadAnswer("the result is no list");
        }
        List<JsonNode> items = new ArrayList<>();
        answer.result().forEach(item -> items.add(item.isNull() ? null : item));
        return new Answer<>(items, answer.resultInfo(), answer.at());
    }

    private static String id(JsonNode item) {
        return item.path("id").isTextual() ? item.path("id").textValue() : null;
    }
}
