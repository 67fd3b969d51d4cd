/**
 * The CloudflareAccount: probes of its tokens, and what its status says of them. {@code check-tokens} shares the probes.
 */
@NullMarked
package io.maildomain.operator.controller.account;

import org.jspecify.annotations.NullMarked;
