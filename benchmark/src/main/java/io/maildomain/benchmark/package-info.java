/**
 * Measures what the operator costs: calls to Cloudflare, writes to the API server, time and memory, on a real API server
 * against the simulator, with the operator's jar as its users run it.
 *
 * <p>{@link io.maildomain.benchmark.Figure} holds what is measured, with its floor, its goal and its hard limit; a class of
 * {@code scenario} measures one or a few of them.
 */
@NullMarked
package io.maildomain.benchmark;

import org.jspecify.annotations.NullMarked;
