package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What Cloudflare wraps each answer in. Errors and paging are kept as trees, since servers on the way get them wrong and
 * a wrong page count must not make an answer unreadable.
 */
record Envelope<T>(
        Boolean success,
        T result,
        JsonNode errors,
        @JsonProperty("result_info") JsonNode resultInfo) {

    boolean isSuccess() {
        return Boolean.TRUE.equals(success);
    }
}
