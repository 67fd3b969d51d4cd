/**
 * The server: reads requests, hands them on, sends answers late or not at all if that is their fate.
 *
 * <p>The only package that knows Jetty. Depends on {@code api}, {@code faults} and {@code record}.
 */
package io.maildomain.simulator.http;
