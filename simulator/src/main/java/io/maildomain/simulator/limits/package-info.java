/**
 * Cloudflare's request budget: so many requests in a window, then every call is refused for as long again.
 *
 * <p>Depends only on {@code api}.
 */
package io.maildomain.simulator.limits;
