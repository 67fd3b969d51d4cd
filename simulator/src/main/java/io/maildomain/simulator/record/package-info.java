/**
 * Writes exchanges to a file, one line of JSON each, so that they can be held against the API's schema.
 *
 * <p>Depends on {@code api}.
 */
package io.maildomain.simulator.record;
