/**
 * What keeps the operator within Cloudflare's limits: the request budget of a token, the cooldown after a 429, the circuit
 * breaker after a refused token. State machines with an injected clock; no HTTP, and it depends on nothing of ours.
 */
@NullMarked
package io.maildomain.operator.cloudflare.ratelimit;

import org.jspecify.annotations.NullMarked;
