/**
 * What a token can find out about itself: whether it is valid, and which permission groups there are.
 *
 * <p>Depends on {@code api}, {@code rights} and {@code state}.
 */
package io.maildomain.simulator.tokens;
