/**
 * The program: its verbs, how it finds its cluster, what it starts in which order, and how it ends. The only place that knows all parts.
 * The reconcilers are behind {@link io.maildomain.operator.main.OperatorRuntime}; nothing depends on this package.
 */
package io.maildomain.operator.main;
