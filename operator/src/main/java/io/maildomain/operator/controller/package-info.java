/**
 * What every controller shares: when a resource is reconciled again, and that one reconcile at a time works on a domain. A
 * new kind is one more folder below, with a {@code plan} of its own. It knows no kind.
 */
@NullMarked
package io.maildomain.operator.controller;

import org.jspecify.annotations.NullMarked;
