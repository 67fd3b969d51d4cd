package io.maildomain.operator.cloudflare.deploy;

import java.time.Instant;

/**
 * One version of a Worker.
 *
 * @param number counted from 1; 0 if it is not said
 * @param createdOn by Cloudflare's clock
 * @param source what uploaded it, such as {@code wrangler} or {@code api}; "" if it is not said
 * @param author an e-mail address; "" if it is not said
 * @param tag "" if it has none
 * @param message "" if it has none
 */
public record WorkerVersion(
        String id, int number, Instant createdOn, String source, String author, String tag, String message) {}
