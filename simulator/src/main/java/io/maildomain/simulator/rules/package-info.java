/**
 * Routing rules: what is accepted, the zone's list with its catch-all, the catch-all itself, the account's view.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.rules;
