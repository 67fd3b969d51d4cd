package io.maildomain.operator.cloudflare.deploy;

import java.time.Instant;
import java.util.List;

/**
 * Which versions of a Worker serve, or served.
 *
 * @param createdOn by Cloudflare's clock
 * @param source what deployed it, such as {@code wrangler}, {@code api} or {@code dash}; "" if it is not said
 * @param author an e-mail address; "" if it is not said
 * @param message what the one who deployed said about it; "" if nothing
 */
public record WorkerDeployment(
        String id, Instant createdOn, String source, String author, String message, List<TrafficShare> shares) {
    public WorkerDeployment {
        shares = List.copyOf(shares);
    }
}
