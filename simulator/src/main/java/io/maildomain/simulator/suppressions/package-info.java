/**
 * Addresses that Email Routing does not send to. Unlike everything else these operations answer without Cloudflare's
 * envelope.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.suppressions;
