/**
 * R2 buckets: that they are there, and where. Objects are not held.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.r2;
