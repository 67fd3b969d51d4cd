/**
 * The name servers of all simulated zones in one: what the world sees of their records. Only UDP, only MX and TXT.
 *
 * <p>Depends on {@code engine} and {@code state}.
 */
package io.maildomain.simulator.nameserver;
