/**
 * What keeps the operator within Cloudflare's limits: the request budget of a token, the quarantine after a 429, the
 * gate after a refused token. State machines with an injected clock; no HTTP, nothing of ours is depended on.
 */
package io.maildomain.operator.limits;
