/**
 * How a reconcile's outcome is said: condition types and checks, what blocks a resource, and how soon it is tried again.
 * Pure values that every controller shares.
 */
@NullMarked
package io.maildomain.operator.status;

import org.jspecify.annotations.NullMarked;
