package io.maildomain.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.function.Function;

/**
 * Which page of a list a request asks for.
 *
 * @param page from 1
 * @param perPage as many as were asked for, or the nearest number that the operation allows
 */
public record Paging(int page, int perPage) {

    /**
     * Reads {@code page} and {@code per_page}. A size outside the bounds becomes the nearest bound: a client that asks
     * for 100 and gets 50 must go on to the next page.
     */
    public static Paging of(Query query, int least, int standard, int most) {
        int page = number(query, "page", 1);
        int perPage = number(query, "per_page", standard);
        return new Paging(page, Math.max(least, Math.min(most, perPage)));
    }

    /** The bounds that most lists have: 5 to 50, 20 if nothing is said. */
    public static Paging of(Query query) {
        return of(query, 5, 20, 50);
    }

    private static int number(Query query, String name, int standard) {
        String text = query.first(name).orElse(String.valueOf(standard));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Refusals.invalidParameter(name, "a number from 1");
    }

    /** The page of a list, in its envelope. */
    public <T> Answer answer(List<T> all, Function<T, ? extends JsonNode> json) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        long from = (long) (page - 1) * perPage;
        all.stream().skip(from).limit(perPage).map(json).forEach(items::add);
        return Envelope.page(
                items,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("page", page)
                        .put("per_page", perPage)
                        .put("count", items.size())
                        .put("total_count", all.size())
                        .put("total_pages", (all.size() + perPage - 1) / perPage));
    }
}
