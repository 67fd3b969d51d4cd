/**
 * Keeps the state in a file.
 *
 * <p>Depends on {@code engine} and {@code state}.
 */
package io.maildomain.simulator.data;
