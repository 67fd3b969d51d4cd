/**
 * Puts the parts together: every request goes through here, meets its faults, is served by the API under one lock,
 * counted and recorded.
 *
 * <p>Depends on the other packages but {@code control} and {@code http}.
 */
package io.maildomain.simulator.engine;
