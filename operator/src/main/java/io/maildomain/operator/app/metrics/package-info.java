/**
 * What the process measures of itself and of the resources that it follows, and the watchdog that its probe goes by. Knows the SDK and the caches;
 * decides nothing about any resource.
 */
@NullMarked
package io.maildomain.operator.app.metrics;

import org.jspecify.annotations.NullMarked;
