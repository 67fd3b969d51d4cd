/**
 * How the process logs: format, levels, and a last net that takes secret values out of whatever is about to be written.
 * The net is no licence to log tokens: it catches what a library or a mistake lets through.
 * May be used by main (set-up) and by whoever reads tokens (to make them known); depends on settings alone.
 */
package io.maildomain.operator.logging;
