/**
 * The page at {@code /}: what the simulated Cloudflare holds, and what mail to an address would do. Reads the world, changes
 * nothing; only the simulator's entry depends on it.
 */
package io.maildomain.simulator.page;
