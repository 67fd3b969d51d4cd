package io.maildomain.simulator.workers;

import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Worker;

/** What all operations on one Worker have in common. */
final class Scripts {

    static final String ALL = "/accounts/{account_id}/workers/scripts";
    static final String ONE = ALL + "/{script_name}";
    static final Guard READ = Guard.account(Right.read(Product.WORKERS_SCRIPTS));
    static final Guard EDIT = Guard.account(Right.edit(Product.WORKERS_SCRIPTS));

    private static final String NAME = "script_name";

    private Scripts() {}

    /** The name in the path. */
    static String name(Call call) {
        return call.parameter(NAME);
    }

    /**
     * The Worker of the path.
     *
     * @throws Refusal 404/10007
     */
    static Worker existing(Call call) {
        return existing(call, name(call));
    }

    static Worker existing(Call call, String name) {
        return call.account()
                .worker(name)
                .orElseThrow(() -> new Refusal(404, 10007, "This Worker does not exist on your account."));
    }

    static Worker put(Call call, Worker worker) {
        Account account = call.account();
        call.world()
                .put(account.withWorkers(
                        Lists.put(account.workers(), w -> w.name().equals(worker.name()), worker)));
        return worker;
    }

    /** A body that Workers does not take. */
    static Refusal invalid(String message) {
        return new Refusal(400, 10021, message);
    }
}
