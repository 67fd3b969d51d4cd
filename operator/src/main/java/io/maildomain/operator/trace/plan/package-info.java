/** What becomes of mail to an address, decided on what was found. Pure. */
@NullMarked
package io.maildomain.operator.trace.plan;

import org.jspecify.annotations.NullMarked;
