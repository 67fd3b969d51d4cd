/**
 * Faults that a test plants: the next calls that match get another answer, a late one, a broken one or none.
 *
 * <p>Depends on {@code api}.
 */
package io.maildomain.simulator.faults;
