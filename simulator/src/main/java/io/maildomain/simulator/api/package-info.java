/**
 * The frame that every operation of the simulated API stands in: requests and answers, routes, who may call them,
 * Cloudflare's envelope, its errors, paging.
 *
 * <p>Depends on {@code state}, {@code rights} and {@code quirks}; knows nothing of a server, nor of any one operation.
 */
package io.maildomain.simulator.api;
