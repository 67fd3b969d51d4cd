/**
 * What the world sees of a host's mail records: asked at a zone's own name servers, bounded in time, so that no reconcile
 * waits for DNS.
 */
@NullMarked
package io.maildomain.operator.dns;

import org.jspecify.annotations.NullMarked;
