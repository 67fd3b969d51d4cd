/**
 * One class for each row of the table: what is done, and what is counted meanwhile.
 *
 * <p>Depends on the package above.
 */
@NullMarked
package io.maildomain.benchmark.scenario;

import org.jspecify.annotations.NullMarked;
