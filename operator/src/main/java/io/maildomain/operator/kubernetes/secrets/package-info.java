/**
 * Secrets as they are in the cluster right now: read and watched by name, each once, never listed beyond that name. What a
 * key means is the business of {@code credentials}.
 */
@NullMarked
package io.maildomain.operator.kubernetes.secrets;

import org.jspecify.annotations.NullMarked;
