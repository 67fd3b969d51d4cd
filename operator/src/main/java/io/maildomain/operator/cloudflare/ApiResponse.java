package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A successful answer.
 *
 * @param result what the envelope held; a missing node where it held none
 * @param resultInfo the paging as Cloudflare tells it; a missing node where it does not
 * @param at Cloudflare's clock
 * @param size how many characters its body has
 */
record ApiResponse<T>(T result, JsonNode resultInfo, Instant at, long size) {}
