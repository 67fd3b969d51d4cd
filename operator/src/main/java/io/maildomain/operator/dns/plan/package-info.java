/** What answers of DNS mean: pure, of values only. */
@NullMarked
package io.maildomain.operator.dns.plan;

import org.jspecify.annotations.NullMarked;
