package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.deploy.DeployClient;

/**
 * One look with one token, for which the calls that it needs are reserved. Further calls take what is there, and may go on for a
 * while when nothing is left. Closing it gives back what it did not need.
 *
 * @param cloudflare the client whose calls are those of this turn
 * @param deploy the same of the deploy surface
 * @param end gives back what is left; doing it twice changes nothing
 */
public record Turn(Cloudflare cloudflare, DeployClient deploy, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
        end.run();
    }
}
