/**
 * Destination addresses of an account: adding them sends a mail with a link; until a user clicks it no rule may
 * forward there.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.addresses;
