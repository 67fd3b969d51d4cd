/**
 * The parts around the operator, for integration tests and the demo: a real Kubernetes API server, the chart's RBAC, the
 * simulator and the operator, each as a process of its own. Nothing that is started here outlives the JVM that started it.
 * Depends on no class of the operator or the simulator.
 */
package io.maildomain.harness;
