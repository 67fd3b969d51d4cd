/**
 * What the world sees of a host's mail records: asked at a zone's own name servers, bounded in time, so that no reconcile
 * waits for DNS. Depends on {@code cloudflare} for the record type alone.
 */
package io.maildomain.operator.publicdns;
