package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maildomain.operator.cloudflare.ratelimit.LimitSettings;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;

/** Reads what an unsuccessful answer says, as far as it says anything. */
final class ErrorResponseReader {
    private static final int MAX_ERRORS = 5;
    private static final int MAX_CHAIN = 3;
    private static final Duration LONGEST_WAIT = LimitSettings.LONGEST_PAUSE;

    private final JsonMapper json;
    private final Clock clock;

    ErrorResponseReader(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    Failure.Refused read(HttpReply reply) {
        return new Failure.Refused(
                reply.status(),
                errors(reply.body()),
                retryAfter(reply.headers()).orElse(null));
    }

    private List<ApiError> errors(String body) {
        try {
            return errors(json.readTree(body).path("errors"));
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** The errors, each followed by its chain, which says what the error itself does not (6003: 6111). */
    static List<ApiError> errors(JsonNode nodes) {
        List<ApiError> errors = new ArrayList<>();
        for (JsonNode node : nodes) {
            add(errors, node);
            int links = 0;
            for (JsonNode link : node.path("error_chain")) {
                if (links++ < MAX_CHAIN) {
                    add(errors, link);
                }
            }
        }
        return List.copyOf(errors);
    }

    private static void add(List<ApiError> errors, JsonNode node) {
        if (node.isObject() && errors.size() < MAX_ERRORS) {
            JsonNode message = node.path("message");
            errors.add(new ApiError(code(node.path("code")), message.isTextual() ? message.textValue() : ""));
        }
    }

    /** 0 where there is none, -1 where it is none that Cloudflare has. */
    private static int code(JsonNode code) {
        return code.isNumber() && !code.canConvertToInt() ? -1 : code.asInt(0);
    }

    /** {@code Retry-After}: whole seconds or an HTTP date; nonsense counts as absent, a year as a day. */
    private Optional<Duration> retryAfter(Headers headers) {
        String value = headers.get("Retry-After");
        if (value == null) {
            return Optional.empty();
        }
        String text = value.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
        }
        return date(text).map(at -> bounded(Duration.between(date(headers).orElseGet(clock::instant), at)));
    }

    /** The server's clock in an answer's headers. */
    static Optional<Instant> date(Headers headers) {
        String value = headers.get("Date");
        return value == null ? Optional.empty() : date(value.strip());
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration duration) {
        if (duration.isNegative()) {
            return Duration.ZERO;
        }
        return duration.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : duration;
    }
}
