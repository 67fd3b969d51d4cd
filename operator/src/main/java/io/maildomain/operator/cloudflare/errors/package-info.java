/**
 * The catalogue of failures: from HTTP status, Cloudflare's code and call to a reason, a kind and a message. Pure; every class that
 * writes conditions or prints errors asks it.
 */
@NullMarked
package io.maildomain.operator.cloudflare.errors;

import org.jspecify.annotations.NullMarked;
