/**
 * Which manifests say what stands in a zone, and what a change of them means for mail. Pure: API types and values only, no client, no clock.
 */
@NullMarked
package io.maildomain.operator.controller.offline.plan;

import org.jspecify.annotations.NullMarked;
