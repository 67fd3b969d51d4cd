/**
 * What a routing rule does and whose it is, in the operator's terms: actions and ownership marks, translated from and to
 * Cloudflare's rules. Pure; domain and catchall build on it, it depends on the API types and the cloudflare records.
 */
package io.maildomain.operator.routing;
