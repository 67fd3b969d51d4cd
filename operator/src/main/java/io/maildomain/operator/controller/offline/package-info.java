/**
 * What the verbs {@code import} and {@code plan} do without a cluster: look at zones as a reconcile does, and decide by the same planners. Reads
 * only. It may know all kinds; none of them knows it.
 */
@NullMarked
package io.maildomain.operator.controller.offline;

import org.jspecify.annotations.NullMarked;
