/**
 * The files of what is deployed, for the controllers that deploy: fetched beside the reconciles, kept for a while, and told to the
 * resource that waits for them. Where and how they are fetched is in {@code sources}.
 */
@NullMarked
package io.maildomain.operator.controller.source;

import org.jspecify.annotations.NullMarked;
