/**
 * Zones: adding, listing, editing, removing them, and which name servers they get.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.zones;
