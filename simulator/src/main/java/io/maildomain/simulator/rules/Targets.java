package io.maildomain.simulator.rules;

import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.DestinationAddress;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.Zone;

/** Whether what a rule sends mail to is there. */
final class Targets {

    private Targets() {}

    private static boolean isSeen(Call call, Worker worker) {
        long seconds = Long.parseLong(call.quirks().get(Quirk.WORKER_SEEN_AFTER).replace("s", ""));
        return !call.now().isBefore(worker.createdOn().plusSeconds(seconds));
    }

    /**
     * The rule as it may be written.
     *
     * @throws Refusal 400/2054 for an unverified destination, 400/2016 for an unknown Worker
     */
    static RoutingRule checked(Call call, Zone zone, RoutingRule rule) {
        Account account = call.world()
                .account(zone.accountId())
                .orElseThrow(() -> new IllegalStateException("zone " + zone.name() + " has no account"));
        RoutingRule.Action action = rule.actions().get(0);
        if (action.type().equals("worker")
                && account.worker(action.value().get(0))
                        .filter(worker -> isSeen(call, worker))
                        .isEmpty()) {
            throw new Refusal(400, 2016, "Workers Script Info not found");
        }
        boolean undeliverable = action.type().equals("forward")
                && account.address(action.value().get(0))
                        .filter(DestinationAddress::isVerified)
                        .isEmpty();
        if (!undeliverable) {
            return rule;
        }
        if (call.has(Quirk.UNVERIFIED_DESTINATION, "disabled")) {
            return rule.withEnabled(false);
        }
        throw new Refusal(400, 2054, "Destination address is not verified");
    }
}
