/**
 * Follows mail to an address, from what the world sees to the rule that decides, for a user who asks by hand. {@code plan} decides, the rest
 * asks; nothing is written.
 */
@NullMarked
package io.maildomain.operator.trace;

import org.jspecify.annotations.NullMarked;
