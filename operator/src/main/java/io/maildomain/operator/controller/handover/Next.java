package io.maildomain.operator.controller.handover;

import io.maildomain.operator.access.Successors.Successor;
import io.maildomain.operator.status.Blocked;

/** Who manages a domain after the MailDomain that goes. */
public sealed interface Next {

    /**
     * None: what was done for it is to be undone.
     *
     * @param awaited whether one is there that could come but for its Secret or its account, which may be created a little later
     */
    record Nobody(boolean awaited) implements Next {}

    /** This one: it gets everything, and nothing is undone. */
    record Somebody(Successor successor) implements Next {}

    /**
     * It could not be found out, so nothing may be undone yet.
     *
     * @param why and how soon it is worth another try
     */
    record Unknown(Blocked why) implements Next {}
}
