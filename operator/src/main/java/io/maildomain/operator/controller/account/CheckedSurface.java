package io.maildomain.operator.controller.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What a check of one surface's token found. Holds names of keys, never a value.
 *
 * @param surface {@code runtime} or {@code deploy}
 * @param outcome what it comes to
 * @param key the key that won; "" if none did
 * @param kind {@code Split} or {@code Shared}; "" without a key
 * @param source where the key lies
 * @param token active, expired, disabled or unknown; "" without a key
 * @param expires when, in ISO 8601; "" if never or not known
 * @param problem what stands in the way, and what to do; "" if nothing does
 * @param rights in the order of the documentation
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"surface", "outcome", "key", "kind", "source", "token", "expires", "problem", "rights"})
public record CheckedSurface(
        String surface,
        Outcome outcome,
        String key,
        String kind,
        String source,
        String token,
        String expires,
        String problem,
        List<CheckedRight> rights) {

    /** What a check comes to. */
    public enum Outcome {
        /** Every right is there, as far as reads can tell. */
        COMPLETE,
        /** A right is missing, or the token is. */
        LACKING,
        /** It could not be found out. */
        UNCHECKED,
        /** There is no token, and none is needed. */
        NOT_CONFIGURED
    }

    /**
     * @param right in the dashboard's words
     * @param state granted, readable, missing or unknown
     */
    @JsonPropertyOrder({"right", "state", "purpose"})
    public record CheckedRight(String right, String state, String purpose) {}

    public CheckedSurface {
        rights = List.copyOf(rights);
    }
}
