/**
 * What a token may do: the permission groups of Cloudflare's API tokens, under the names that its dashboard shows.
 *
 * <p>Plain values; depends on nothing else of the simulator.
 */
package io.maildomain.simulator.rights;
