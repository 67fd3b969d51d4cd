/**
 * What is measured: the catalogue of all metrics, from which {@code docs/reference/metrics.md} is generated, and gauges that are
 * worked out when they are asked for. Knows the API's types and the metrics library; depends on none of our rooms.
 */
@NullMarked
package io.maildomain.operator.metrics;

import org.jspecify.annotations.NullMarked;
