package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What Cloudflare wraps each answer in. Errors and paging are kept as trees, since servers on the way get them wrong and
 * a wrong page count must not make an answer unreadable.
 */
record Envelope(
        @Nullable Boolean success,
        @Nullable JsonNode result,
        @Nullable JsonNode errors,
        @JsonProperty("result_info") @Nullable JsonNode resultInfo) {

    boolean isSuccess() {
        return Boolean.TRUE.equals(success);
    }
}
