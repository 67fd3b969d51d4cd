/**
 * Which replica leads: a Lease in the operator's namespace, and the fence that keeps a replica from writing when its Lease may have passed to another.
 * Runs fabric8's elector by itself, not through java-operator-sdk: the operator starts when it is elected, and what leads is simply what runs.
 * Used by main (which starts and stops it) and by whoever writes to Cloudflare (through {@link io.maildomain.operator.leadership.Fence}); depends on settings alone.
 */
package io.maildomain.operator.leadership;
