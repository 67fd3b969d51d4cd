/**
 * Lists of products that the simulator does not hold, as far as wrangler looks at them.
 *
 * <p>Depends on {@code api}.
 */
package io.maildomain.simulator.others;
