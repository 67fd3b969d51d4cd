/**
 * What the controllers of all kinds that deploy share: credentials and Secrets of a deployment, and what stands in the way of its source.
 * It knows none of these kinds.
 */
@NullMarked
package io.maildomain.operator.controller.deploy;

import org.jspecify.annotations.NullMarked;
