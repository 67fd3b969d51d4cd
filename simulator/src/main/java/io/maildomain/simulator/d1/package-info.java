/**
 * D1: databases, their SQL over HTTP, files of SQL, Time Travel.
 *
 * <p>Depends on {@code api}, {@code state}, {@code sql} and {@code uploads}.
 */
package io.maildomain.simulator.d1;
