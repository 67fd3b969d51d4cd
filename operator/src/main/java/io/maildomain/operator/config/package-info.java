/**
 * What can be set from outside: the flags of {@code run}, their environment variables, their checks, and the immutable
 * {@link io.maildomain.operator.config.OperatorSettings}. Values only: no client, no clock, no thread; it depends on none
 * of ours.
 */
@NullMarked
package io.maildomain.operator.config;

import org.jspecify.annotations.NullMarked;
