/** Whether a Secret is held: pure decisions. */
@NullMarked
package io.maildomain.operator.controller.secrets.plan;

import org.jspecify.annotations.NullMarked;
