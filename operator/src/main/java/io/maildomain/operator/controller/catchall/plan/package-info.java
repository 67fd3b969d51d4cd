/**
 * Which CatchAllRule has a zone's catch-all, what is to be written, and what is given back at the end. Pure: API types and
 * values only.
 */
@NullMarked
package io.maildomain.operator.controller.catchall.plan;

import org.jspecify.annotations.NullMarked;
