/**
 * Sweeps: the state of all healthy domains of an account, read by a few lists instead of a look at each
 * ({@code docs/architecture.md#sweeps}).
 */
@NullMarked
package io.maildomain.operator.controller.sweep;

import org.jspecify.annotations.NullMarked;
