/**
 * The CatchAllRule: the only writer of a zone's catch-all. It reads the MailDomain that it belongs to, and shares
 * credentials, ownership record and locks with its controller.
 */
@NullMarked
package io.maildomain.operator.controller.catchall;

import org.jspecify.annotations.NullMarked;
