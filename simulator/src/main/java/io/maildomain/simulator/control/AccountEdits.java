package io.maildomain.simulator.control;

import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.DestinationAddress;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.World;
import java.util.List;
import java.util.function.Predicate;

/** What another user does to an account. */
final class AccountEdits {

    private AccountEdits() {}

    static Account putAccount(World world, String id, String name, int pendingZoneLimit) {
        Account known = world.account(id).orElseGet(() -> Account.empty(id, name, world.now()));
        return world.put(new Account(
                id,
                name == null ? known.name() : name,
                known.type(),
                pendingZoneLimit > 0 ? pendingZoneLimit : known.pendingZoneLimit(),
                known.createdOn(),
                known.addresses(),
                known.workers(),
                known.suppressions(),
                known.platform()));
    }

    /** How many accounts have the address. */
    static int verifyAddress(World world, String email) {
        List<Account> having = accountsWith(
                world,
                account -> account.address(email).isPresent(),
                "no account has the destination address " + email);
        having.forEach(account -> putAddress(world, account, email, true));
        return having.size();
    }

    /** Rules that were written but kept disabled, for the address was not verified that they forward to. */
    static void enableRulesTo(World world, String email) {
        world.zones().stream().toList().forEach(zone -> {
            List<RoutingRule> rules = zone.rules().stream()
                    .map(rule -> rule.forwardsTo(email) ? rule.withEnabled(true) : rule)
                    .toList();
            RoutingRule catchAll = zone.catchAll();
            world.put(zone.withRules(rules)
                    .withCatchAll(catchAll.forwardsTo(email) ? catchAll.withEnabled(true) : catchAll));
        });
    }

    static Account putAddress(World world, Account account, String email, boolean verified) {
        DestinationAddress address = account.address(email)
                .orElseGet(() -> new DestinationAddress(null, email, world.now(), world.now(), null))
                .withVerified(verified ? world.now() : null, world.now());
        return world.put(
                account.withAddresses(Lists.put(account.addresses(), a -> a.id().equals(address.id()), address)));
    }

    static Account putWorker(World world, Account account, String name) {
        Worker worker = account.worker(name)
                .orElseGet(() -> Worker.fresh(name, world.now()).completed(world.now()));
        return world.put(
                account.withWorkers(Lists.put(account.workers(), w -> w.name().equals(name), worker)));
    }

    /** How many accounts had the Worker. */
    static int removeWorker(World world, String name) {
        List<Account> having =
                accountsWith(world, account -> account.worker(name).isPresent(), "there is no Worker " + name);
        having.forEach(account -> world.put(account.withWorkers(
                Lists.without(account.workers(), w -> w.name().equals(name)))));
        return having.size();
    }

    private static List<Account> accountsWith(World world, Predicate<Account> having, String otherwise) {
        List<Account> accounts = world.accounts().stream().filter(having).toList();
        if (accounts.isEmpty()) {
            throw new NotThere(otherwise);
        }
        return accounts;
    }
}
