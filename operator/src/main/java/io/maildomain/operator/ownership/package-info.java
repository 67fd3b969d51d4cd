/**
 * What belongs to this installation: the mark in a rule's name, the hash of a rule's content, and the writer of the
 * ownership record in a resource's status. It is the only writer of status.
 */
@NullMarked
package io.maildomain.operator.ownership;

import org.jspecify.annotations.NullMarked;
