/**
 * Who has to look again when something changes: a Secret, an account, a namespace, a MailDomain, a CatchAllRule. Pure
 * references over the cluster view, and the event source that carries them to a controller. Only main wires it.
 */
package io.maildomain.operator.nudge;
