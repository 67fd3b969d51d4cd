/**
 * A zone's DNS records. Those that Email Routing added are read-only until they are unlocked.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.dns;
