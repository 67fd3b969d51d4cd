package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A successful answer.
 *
 * @param result what the envelope held; never null where {@link Sender} was asked for one
 * @param resultInfo the paging as Cloudflare tells it; a missing node where it does not
 * @param at Cloudflare's clock
 */
record Answer<T>(T result, JsonNode resultInfo, Instant at) {}
