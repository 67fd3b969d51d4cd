/**
 * Tokens and account ids from the data of a Secret: which key wins, and why a value is refused. Pure functions; it depends
 * on nothing of ours.
 */
@NullMarked
package io.maildomain.operator.credentials;

import org.jspecify.annotations.NullMarked;
