/**
 * Kubernetes Events about our own objects: said once, counted instead of repeated, never more than a few, and never in the
 * way of what they report. It depends on none of ours.
 */
@NullMarked
package io.maildomain.operator.kubernetes.events;

import org.jspecify.annotations.NullMarked;
