/**
 * Bodies of several parts, as forms with files are sent.
 *
 * <p>Depends on {@code api}.
 */
package io.maildomain.simulator.multipart;
