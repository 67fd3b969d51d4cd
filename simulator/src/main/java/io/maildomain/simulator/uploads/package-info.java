/**
 * The short-lived tokens with which files are uploaded; other calls do not take them.
 *
 * <p>Depends on {@code api}.
 */
package io.maildomain.simulator.uploads;
