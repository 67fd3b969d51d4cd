/**
 * What the operator asks of Cloudflare's deploy surface with one token and one account: Workers, their triggers, D1, R2 and Pages; the
 * values that go there and come back, and how files are named there. It uses no other package, so that decisions can be made over its
 * values; the client that makes the calls is {@code cloudflare}'s, which hands it out with each turn.
 */
@NullMarked
package io.maildomain.operator.cloudflare.deploy;

import org.jspecify.annotations.NullMarked;
