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
 * unused: so a list that contradicts itself (an empty page that should hold something, one that is repeated, fewer items in
 * all than the last page says), does not end or is too large to be kept is refused, which is worth another look.
 *
 * @param answeredAt Cloudflare's clock at the last page
 */
record Pages<J>(List<J> items, Instant answeredAt) {
    /** 50 is the most that all lists allow. */
    static final int PER_PAGE = 50;

    private static final int MAX_PAGES = 200;

    /** 50 zones, which are the largest items, are half of it. */
    private static final long PAGE_CHARACTERS = 256 << 10;

    static <J> Pages<J> read(IntFunction<ApiResponse<List<J>>> pages, Function<J, String> key) {
        Reader<J> reader = new Reader<>(key, MAX_PAGES);
        List<J> items = new ArrayList<>();
        ApiResponse<List<J>> answer;
        do {
            answer = pages.apply(reader.next());
            items.addAll(reader.take(answer));
        } while (!reader.isComplete());
        return new Pages<>(items, answer.at());
    }

    /** Checks the pages of one list as they come, in their order. Used by one thread. */
    static final class Reader<J> {
        private final Function<J, String> key;
        private final int mostPages;
        private final Set<String> seen = new HashSet<>();
        private int page;
        private long taken;
        private long size;
        private int promised;
        private boolean complete;

        /**
         * @param key what an item is known by; it may give null
         * @param mostPages a list that does not end by then is refused
         */
        Reader(Function<J, String> key, int mostPages) {
            this.key = key;
            this.mostPages = mostPages;
        }

        /** The page to ask for, counted from 1. */
        int next() {
            return page + 1;
        }

        boolean isComplete() {
            return complete;
        }

        /** How many pages the list has, as far as it was said; at least those that were read. */
        int pages() {
            return Math.max(page, promised);
        }

        /**
         * The items of the next page that no earlier one held.
         *
         * @throws BadAnswer where the list contradicts itself
         */
        List<J> take(ApiResponse<List<J>> answer) {
            page++;
            size += answer.size();
            // One answer may hold all of it; many that are as large as one may be do not fit into memory.
            if (size > Transport.MAX_BODY_BYTES + page * PAGE_CHARACTERS) {
                throw new BadAnswer("the list has %d characters on %d pages, which is too large".formatted(size, page));
            }
            Totals totals = Totals.of(answer);
            totals.mustAgree(page);
            mustNotRepeatItself(page, answer.result(), key);
            List<J> fresh = answer.result().stream()
                    .filter(Objects::nonNull)
                    .filter(item -> key.apply(item) == null || seen.add(key.apply(item)))
                    .toList();
            taken += fresh.size()
                    + answer.result().stream().filter(Objects::isNull).count();
            promised = totals.pages();
            // The last page tells how many there are by now: items can go away while one reads.
            complete = taken >= totals.count() && (answer.result().isEmpty() || !totals.promiseMoreAfter(page));
            if (!complete && fresh.isEmpty()) {
                throw new BadAnswer(
                        "page %d of the list brings nothing new, yet the list is said to go on".formatted(page));
            }
            if (!complete && page == mostPages) {
                throw new BadAnswer("the list does not end within %d pages".formatted(mostPages));
            }
            return fresh;
        }
    }

    private static <J> void mustNotRepeatItself(int page, List<J> items, Function<J, String> key) {
        Set<String> keys = new HashSet<>();
        boolean twice = items.stream()
                .filter(Objects::nonNull)
                .map(key)
                .filter(Objects::nonNull)
                .anyMatch(id -> !keys.add(id));
        if (twice) {
            throw new BadAnswer("page %d of the list holds the same item twice".formatted(page));
        }
    }

    /**
     * What an answer says about the whole list; 0 where it says nothing.
     *
     * @param size of this page
     */
    private record Totals(int pages, long count, int perPage, int onPage, int size) {
        static Totals of(ApiResponse<? extends List<?>> answer) {
            JsonNode info = answer.resultInfo();
            return new Totals(
                    info.path("total_pages").asInt(0),
                    info.path("total_count").asLong(0),
                    info.path("per_page").asInt(0),
                    info.path("count").asInt(0),
                    answer.result().size());
        }

        /** A page that should hold something and does not, or less than it says itself, is not to be believed. */
        void mustAgree(int page) {
            boolean shouldHoldSome = page == 1 ? count > 0 : page <= pages;
            if ((size == 0 && shouldHoldSome) || onPage > size) {
                throw new BadAnswer("page %d of the list holds %d items, which is not what it says of itself"
                        .formatted(page, size));
            }
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
