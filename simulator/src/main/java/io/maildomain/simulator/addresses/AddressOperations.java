package io.maildomain.simulator.addresses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.DestinationAddress;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The operations under {@code /accounts/{account_id}/email/routing/addresses}. */
public final class AddressOperations {

    private static final int LONGEST = 90;
    private static final int MOST_ADDRESSES = 200;
    private static final Duration DELETION_WAIT = Duration.ofMinutes(15);
    private static final Pattern FORM = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
    private static final String ADDRESSES = "/accounts/{account_id}/email/routing/addresses";
    private static final String ADDRESS = ADDRESSES + "/{destination_address_identifier}";

    private AddressOperations() {}

    public static List<Route> routes() {
        Guard read = Guard.emailRoutingAccount(Right.read(Product.EMAIL_ROUTING_ADDRESSES));
        Guard edit = Guard.emailRoutingAccount(Right.edit(Product.EMAIL_ROUTING_ADDRESSES));
        return new Route.Collector()
                .get(ADDRESSES, read, AddressOperations::list)
                .post(ADDRESSES, edit, AddressOperations::create)
                .get(ADDRESS, read, call -> Envelope.success(json(address(call))))
                .patch(ADDRESS, edit, AddressOperations::changeStatus)
                .delete(ADDRESS, edit, AddressOperations::delete)
                .routes();
    }

    private static Answer list(Call call) {
        List<DestinationAddress> addresses = new ArrayList<>(call.account().addresses());
        call.query()
                .first("verified")
                .ifPresent(wanted -> addresses.removeIf(
                        address -> !String.valueOf(address.isVerified()).equals(wanted)));
        addresses.sort(Comparator.comparing(DestinationAddress::created));
        if (call.query().first("direction").filter("desc"::equals).isPresent()) {
            Collections.reverse(addresses);
        }
        return Paging.of(call.query()).answer(addresses, AddressOperations::json);
    }

    private static Answer create(Call call) {
        String email = call.object().path("email").asText("");
        if (email.length() > LONGEST || !FORM.matcher(email).matches()) {
            throw Refusals.invalidInput("email must be an email address of at most " + LONGEST + " characters");
        }
        Account account = call.account();
        if (account.address(email).isPresent()) {
            throw new Refusal(409, 2014, "Duplicated destination address");
        }
        if (account.addresses().size() >= MOST_ADDRESSES) {
            throw Refusals.invalidInput("an account has at most " + MOST_ADDRESSES + " destination addresses");
        }
        DestinationAddress address = new DestinationAddress(null, email, call.now(), call.now(), null);
        return kept(call, address);
    }

    private static Answer changeStatus(Call call) {
        DestinationAddress address = address(call);
        String status = call.object().path("status").asText("");
        if (status.equals("unverified")) {
            return kept(call, address.withVerified(null, call.now()));
        }
        if (!status.equals("verified")) {
            throw Refusals.invalidInput("status must be unverified or verified");
        }
        if (!call.token().holds(Right.edit(Product.ACCOUNT_SETTINGS))) {
            throw Refusals.authenticationError();
        }
        return kept(call, address.withVerified(call.now(), call.now()));
    }

    private static Answer kept(Call call, DestinationAddress address) {
        Account account = call.account();
        call.world()
                .put(account.withAddresses(Lists.put(account.addresses(), a -> a.id().equals(address.id()), address)));
        return Envelope.success(json(address));
    }

    private static Answer delete(Call call) {
        DestinationAddress address = address(call);
        boolean young = call.now().isBefore(address.created().plus(DELETION_WAIT));
        if (young && call.has(Quirk.ADDRESS_DELETION, "delayed")) {
            throw new Refusal(400, 2032, "Destination address was created too recently to be deleted");
        }
        Account account = call.account();
        World world = call.world();
        world.put(account.withAddresses(Lists.without(account.addresses(), a -> a.id().equals(address.id()))));
        for (Zone zone : world.zonesOf(account.id())) {
            world.put(withoutForwardsTo(address.email(), zone));
        }
        return Envelope.success(json(address));
    }

    /** Rules that forwarded to an address that is gone are disabled, not deleted. */
    private static Zone withoutForwardsTo(String email, Zone zone) {
        List<RoutingRule> rules = zone.rules().stream()
                .map(rule -> rule.forwardsTo(email) ? rule.withEnabled(false) : rule)
                .toList();
        RoutingRule catchAll = zone.catchAll();
        return zone.withRules(rules).withCatchAll(catchAll.forwardsTo(email) ? catchAll.withEnabled(false) : catchAll);
    }

    private static DestinationAddress address(Call call) {
        String id = call.parameter("destination_address_identifier");
        return call.account().addresses().stream()
                .filter(address -> address.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, 2015, "Destination address not found"));
    }

    private static ObjectNode json(DestinationAddress address) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", address.id())
                .put("tag", address.id())
                .put("email", address.email())
                .put("created", address.created().toString())
                .put("modified", address.modified().toString())
                .put("verified", address.isVerified() ? address.verified().toString() : null)
                .put("status", address.isVerified() ? "verified" : "unverified");
    }
}
