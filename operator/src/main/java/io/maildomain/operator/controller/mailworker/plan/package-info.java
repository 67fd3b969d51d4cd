/** What a deployment comes to: which migrations are run, and whether they may be. Pure functions over records. */
@NullMarked
package io.maildomain.operator.controller.mailworker.plan;

import org.jspecify.annotations.NullMarked;
