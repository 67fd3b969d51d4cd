/**
 * Worker scripts, as far as Email Routing and wrangler look at them, and the lists that tell whether a token holds the
 * rights to deploy.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.workers;
