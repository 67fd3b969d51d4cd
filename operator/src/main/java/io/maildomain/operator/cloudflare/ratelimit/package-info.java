/**
 * What keeps the operator within Cloudflare's limits: the request budget that the tokens of a user share, the cooldown after a 429, the circuit
 * breaker after a refused token. State machines with an injected clock; no HTTP, and it depends on nothing of ours.
 */
@NullMarked
package io.maildomain.operator.cloudflare.ratelimit;

import org.jspecify.annotations.NullMarked;
