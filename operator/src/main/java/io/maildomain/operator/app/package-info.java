/**
 * The program: its commands, how it finds its cluster, what it starts in which order, and how it ends. The only place that
 * knows all parts; nothing depends on it.
 */
@NullMarked
package io.maildomain.operator.app;

import org.jspecify.annotations.NullMarked;
