/**
 * What the status page says and how it is written: records in, HTML out. Pure, so that each state, each escape and each plot is tried without
 * a cluster or a browser.
 */
@NullMarked
package io.maildomain.operator.statuspage.plan;

import org.jspecify.annotations.NullMarked;
