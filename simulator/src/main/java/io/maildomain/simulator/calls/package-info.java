/**
 * Which calls came in: counted by method and route, and in order.
 *
 * <p>Depends on nothing else of the simulator.
 */
package io.maildomain.simulator.calls;
