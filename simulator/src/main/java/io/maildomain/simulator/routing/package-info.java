/**
 * A zone's Email Routing: its settings, the DNS records that it needs, turning it on and off for the zone's name and
 * its subdomains.
 *
 * <p>What records a host needs and what is wrong with those it has are pure functions. Depends on {@code api} and
 * {@code state}.
 */
package io.maildomain.simulator.routing;
