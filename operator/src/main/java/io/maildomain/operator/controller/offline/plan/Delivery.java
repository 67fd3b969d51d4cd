package io.maildomain.operator.controller.offline.plan;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.controller.maildomain.plan.DecidingRule;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of mail.
 *
 * @param to who reads it, in words; "" where it has no reader here
 */
record Delivery(Kind kind, String to) {

    /** What becomes of it. */
    enum Kind {
        /** A destination or a Worker gets it. */
        READ,
        /** It is taken and thrown away; its sender hears nothing. */
        DROPPED,
        /** It is not taken; its sender is told. */
        REFUSED,
        /** Email Routing does not take mail of the host: it goes to another provider, or nowhere. */
        NOT_HERE
    }

    private static final Delivery DROPPED = new Delivery(Kind.DROPPED, "");
    private static final Delivery REFUSED = new Delivery(Kind.REFUSED, "");
    private static final Delivery NOT_HERE = new Delivery(Kind.NOT_HERE, "");

    /** What becomes of mail to an address, subaddressing apart. */
    static Delivery of(String address, ObservedState state) {
        if (!routes(DesiredState.hostOf(address), state)) {
            return NOT_HERE;
        }
        return DecidingRule.of(address, state.rules())
                .map(deciding -> by(deciding.rule().actions()))
                .orElseGet(() -> unnamed(state.catchAll()));
    }

    /** What becomes of mail of the domain that no rule names. */
    static Delivery ofOthers(ObservedState state) {
        return routes(state.zone().name(), state) ? unnamed(state.catchAll()) : NOT_HERE;
    }

    private static Delivery unnamed(CatchAll catchAll) {
        return catchAll.enabled() ? by(catchAll.actions()) : REFUSED;
    }

    /** A host of which nothing is known is taken to route: rules stand for it. */
    static boolean routes(String host, ObservedState state) {
        return host.equals(state.zone().name())
                ? state.routing().enabled()
                : state.host(host).map(HostDns::lacks).orElse(HostDns.Known.NO) != HostDns.Known.YES;
    }

    private static Delivery by(List<RuleAction> actions) {
        Optional<MailAction> action = MailAction.of(actions);
        if (action.filter(MailAction.Drop.class::isInstance).isPresent()) {
            return DROPPED;
        }
        String reader = action.map(Delivery::reader).orElseGet(() -> RuleExport.describe(actions));
        return new Delivery(Kind.READ, reader);
    }

    private static String reader(MailAction action) {
        return action instanceof MailAction.Forward forward ? forward.comparable() : action.describe();
    }

    boolean isRead() {
        return kind == Kind.READ;
    }

    /** The end of a sentence about mail. */
    String describe() {
        return switch (kind) {
            case READ -> "goes to " + to;
            case DROPPED -> "is dropped";
            case REFUSED -> "is refused";
            case NOT_HERE -> "is not Email Routing's";
        };
    }
}
