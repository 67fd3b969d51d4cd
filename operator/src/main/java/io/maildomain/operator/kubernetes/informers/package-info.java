/**
 * What the cluster holds that concerns more than one resource: informers on our kinds and on namespaces, read through
 * {@link io.maildomain.operator.kubernetes.informers.ResourceCache}.
 */
@NullMarked
package io.maildomain.operator.kubernetes.informers;

import org.jspecify.annotations.NullMarked;
