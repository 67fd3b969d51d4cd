/**
 * Kubernetes Events about our own objects: said once, counted instead of repeated, never more than a few, and never in the way of what they report.
 * What is written when is decided by the pure {@link io.maildomain.operator.events.EventLedger}; what is said for a list of changes by {@link io.maildomain.operator.events.ChangeSummary}.
 * Used by reconcilers and main; depends on none of ours.
 */
package io.maildomain.operator.events;
