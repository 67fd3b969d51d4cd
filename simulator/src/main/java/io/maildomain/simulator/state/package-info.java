/**
 * What the simulated Cloudflare holds: accounts, tokens, zones with their DNS records, routing settings and rules.
 *
 * <p>Immutable values, and one {@code World} that keeps them; no HTTP, no rules about what a caller may do. Depends on
 * only {@code rights}.
 */
package io.maildomain.simulator.state;
