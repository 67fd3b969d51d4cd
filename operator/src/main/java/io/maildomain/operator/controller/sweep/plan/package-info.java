/** What a sweep is worth, and what it proves of a resource. Pure. */
@NullMarked
package io.maildomain.operator.controller.sweep.plan;

import org.jspecify.annotations.NullMarked;
