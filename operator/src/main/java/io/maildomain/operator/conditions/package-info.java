/**
 * Conditions as Kubernetes' API conventions and kstatus want them: what a reconcile found (checks) becomes a list that
 * keeps {@code lastTransitionTime} while a status stays. Pure; any package may depend on it, it depends on the API types
 * alone.
 */
package io.maildomain.operator.conditions;
