/**
 * Which resources are reconciled because something else changed: a Secret, an account, a namespace, another of our
 * resources. Only {@code app} wires it.
 */
@NullMarked
package io.maildomain.operator.controller.watches;

import org.jspecify.annotations.NullMarked;
