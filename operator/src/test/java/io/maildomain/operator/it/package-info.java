package io.maildomain.operator.it;

/**
 * The whole: the operator's jar under the chart's RBAC on a real API server, against the simulator. Each test has its own
 * namespaces, simulator and operator (see OperatorExtension in the harness). Tests here read as sentences about the product.
 */
