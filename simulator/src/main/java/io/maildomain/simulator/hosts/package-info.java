/**
 * What the hosts of deployed Workers answer, to probes for instance.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.hosts;
