/**
 * How the process logs: format, levels, and a last net that takes secret values out of whatever is about to be written. The
 * net is no licence to log tokens: it catches what a library or a mistake lets through.
 */
@NullMarked
package io.maildomain.operator.server.logging;

import org.jspecify.annotations.NullMarked;
