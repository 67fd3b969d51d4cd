/**
 * Which replica leads: a Lease in the operator's namespace, and the fence that keeps a replica from writing when its Lease
 * may have passed to another; and the owner id that no second installation may have.
 */
@NullMarked
package io.maildomain.operator.kubernetes.leadership;

import org.jspecify.annotations.NullMarked;
