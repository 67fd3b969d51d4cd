/**
 * Switches for what sources about Cloudflare's API disagree on.
 *
 * <p>Depends on nothing else of the simulator.
 */
package io.maildomain.simulator.quirks;
