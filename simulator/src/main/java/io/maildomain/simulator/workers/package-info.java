/**
 * Workers: their scripts, versions and deployments, what is set for them, their secrets and assets, and what leads to
 * them (custom domains, routes, schedules).
 *
 * <p>Depends on {@code api}, {@code state}, {@code multipart} and {@code uploads}.
 */
package io.maildomain.simulator.workers;
