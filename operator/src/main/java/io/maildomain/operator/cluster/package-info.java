/**
 * What the cluster holds that concerns more than one resource: informers on our three kinds and on namespaces, read
 * through {@link io.maildomain.operator.cluster.Cluster}. Depends on the API types; any reconciler may read it.
 */
package io.maildomain.operator.cluster;
