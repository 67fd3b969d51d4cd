/**
 * The client of Cloudflare's API: the calls that the operator makes, typed answers, typed failures, nothing else. It knows
 * tokens and rate limits; it knows no Kubernetes and decides nothing about domains.
 */
@NullMarked
package io.maildomain.operator.cloudflare;

import org.jspecify.annotations.NullMarked;
