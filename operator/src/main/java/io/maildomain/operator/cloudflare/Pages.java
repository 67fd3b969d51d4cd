package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A list read to its end. A list that comes short without saying so would make us create what exists, or take a zone for
 * unused: so a list that repeats itself, does not end or (where asked for) has fewer items than it says is refused.
 *
 * @param answeredAt Cloudflare's clock at the last page
 */
record Pages<J>(List<J> items, Instant answeredAt) {
    /** 50 is the most that all lists allow. */
    static final int PER_PAGE = 50;

    private static final int MAX_PAGES = 200;

    /** How far to trust an early end. */
    enum End {
        /** An empty page ends the list, whatever the totals say: items can go away while one reads. */
        EMPTY_PAGE,
        /** Fewer items than the totals say are an error. */
        ALL_ITEMS
    }

    static <J> Pages<J> read(IntFunction<Answer<List<J>>> pages, Function<J, String> key, End end) {
        List<J> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int page = 1; page <= MAX_PAGES; page++) {
            Answer<List<J>> answer = pages.apply(page);
            List<J> fresh = answer.result().stream()
                    .filter(Objects::nonNull)
                    .filter(item -> key.apply(item) == null || seen.add(key.apply(item)))
                    .toList();
            items.addAll(fresh);
            Totals totals = Totals.of(answer);
            boolean complete = items.size() >= totals.count();
            boolean mayEnd = complete || end == End.EMPTY_PAGE;
            if (mayEnd && (answer.result().isEmpty() || !totals.promiseMoreAfter(page))) {
                return new Pages<>(items, answer.at());
            }
            if (fresh.isEmpty()) {
                throw new BadAnswer(
                        "page %d of the list brings nothing new, yet the list is said to go on".formatted(page));
            }
        }
        throw new BadAnswer("the list does not end within %d pages".formatted(MAX_PAGES));
    }

    /**
     * What an answer says about the whole list; 0 where it says nothing.
     *
     * @param size of this page
     */
    private record Totals(int pages, long count, int perPage, int size) {
        static Totals of(Answer<? extends List<?>> answer) {
            JsonNode info = answer.resultInfo();
            return new Totals(
                    info.path("total_pages").asInt(0),
                    info.path("total_count").asLong(0),
                    info.path("per_page").asInt(0),
                    answer.result().size());
        }

        /** By the totals, as far as they are there; without any, a full page means that there may be another. */
        boolean promiseMoreAfter(int page) {
            if (pages > 0 || count > 0) {
                return page < pages || (long) page * pageSize() < count;
            }
            return size >= (perPage > 0 ? pageSize() : PER_PAGE);
        }

        /** A server may give smaller pages than it was asked for. */
        private int pageSize() {
            int told = perPage > 0 ? perPage : Math.max(1, size);
            return Math.min(told, PER_PAGE);
        }
    }
}
