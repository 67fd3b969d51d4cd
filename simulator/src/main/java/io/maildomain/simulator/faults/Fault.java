package io.maildomain.simulator.faults;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What goes wrong with a call. One of {@code status}, {@code reset}, {@code stall}, {@code body: "malformed"} and {@code
 * page}.
 *
 * @param status answer with this HTTP status, and {@code body} and {@code headers} where they are given
 * @param body the answer's body; the text {@code malformed} without a status: half of the real answer
 * @param reset close the connection without an answer, before or after the call has done its work
 * @param stall answer after this time, e.g. {@code 30s}
 * @param when for a status, a stall and a malformed body: whether the call does its work ({@code after}) or not
 *     ({@code before}). A status does not, the others do, unless this says otherwise
 * @param page what is wrong with what a GET answers; such a fault is for no other method
 */
public record Fault(
        Integer status,
        JsonNode body,
        Map<String, String> headers,
        Moment reset,
        String stall,
        Moment when,
        Page page) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
    private static final String MALFORMED = "malformed";

    public Fault {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        body = body == null || body.isNull() ? null : body;
        boolean malformed = status == null && body != null && body.asText().equals(MALFORMED);
        if (Stream.of(status != null, reset != null, stall != null, malformed, page != null)
                        .filter(is -> is)
                        .count()
                != 1) {
            throw new IllegalArgumentException(
                    "a fault is exactly one of {\"status\": 500}, {\"reset\": \"before\" or \"after\"},"
                            + " {\"stall\": \"30s\"}, {\"body\": \"malformed\"} and"
                            + " {\"page\": \"lost\", \"short\", \"doubled\" or \"stale\"}");
        }
        if (status != null && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("status must be from 200 to 599, not " + status);
        }
        if (stall != null) {
            duration(stall);
        }
    }

    /** Answers with a status and a body that says so. */
    public static Fault status(int status) {
        return new Fault(status, null, null, null, null, null, null);
    }

    /** Answers with a status, a body and headers; the call does not do its work. */
    public static Fault status(int status, JsonNode body, Map<String, String> headers) {
        return new Fault(status, body, headers, null, null, null, null);
    }

    /** Closes the connection before the call has done its work. */
    public static Fault resetBefore() {
        return new Fault(null, null, null, Moment.BEFORE, null, null, null);
    }

    /** Closes the connection after the call has done its work: the answer is lost. */
    public static Fault resetAfter() {
        return new Fault(null, null, null, Moment.AFTER, null, null, null);
    }

    /** Lets the call do its work and answers late. */
    public static Fault stall(Duration delay) {
        return new Fault(null, null, null, null, delay.toMillis() + "ms", null, null);
    }

    /** Lets the call do its work and answers with half of the body. */
    public static Fault malformedBody() {
        return new Fault(null, TextNode.valueOf(MALFORMED), null, null, null, null, null);
    }

    /** Answers a GET with something else than what there is. */
    public static Fault page(Page page) {
        return new Fault(null, null, null, null, null, null, page);
    }

    /** The same fault, with the call doing its work all the same. */
    public Fault afterTheWork() {
        return new Fault(status, body, headers, reset, stall, Moment.AFTER, page);
    }

    /** Whether the call does its work although the caller will not learn of it, or late. */
    boolean doesItsWork() {
        if (reset != null) {
            return reset == Moment.AFTER;
        }
        return when == null ? status == null : when == Moment.AFTER;
    }

    /** Whether it answers with what there was when it was planted. */
    public boolean isStale() {
        return page == Page.STALE;
    }

    Duration delay() {
        return stall == null ? Duration.ZERO : duration(stall);
    }

    /**
     * Reads {@code 250ms}, {@code 30s} or {@code 2m}.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no time; write e.g. 250ms, 30s or 2m");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        return unit.equals("ms")
                ? Duration.ofMillis(number)
                : unit.equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
    }

    /** Before or after the call has done its work. */
    public enum Moment {
        BEFORE,
        AFTER;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is wrong with an answer that reads. The first three change lists only. */
    public enum Page {
        /** The page's items are left out; its totals still count them. */
        LOST,
        /** The page's items are left out, and its totals do not count them: nothing in the answer tells. */
        SHORT,
        /** The first half of the page's items comes twice, in place of the second half (a single one twice). */
        DOUBLED,
        /** The answer is what it would have been when the fault was planted. */
        STALE;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
