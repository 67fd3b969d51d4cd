/**
 * The name servers of all simulated zones in one: what the world sees of their records. UDP alone, MX and TXT alone.
 *
 * <p>Depends on {@code engine} and {@code state}.
 */
package io.maildomain.simulator.nameserver;
