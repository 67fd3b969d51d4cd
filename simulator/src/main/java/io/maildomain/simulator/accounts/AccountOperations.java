package io.maildomain.simulator.accounts;

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
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Token;
import java.util.Comparator;
import java.util.List;

/** {@code /accounts}, {@code /memberships} and {@code /user}. */
public final class AccountOperations {

    private AccountOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get("/accounts", Guard.anyToken(), AccountOperations::list)
                .get(
                        "/accounts/{account_id}",
                        Guard.accountItself(
                                Right.read(Product.ACCOUNT_SETTINGS),
                                Right.read(Product.WORKERS_SCRIPTS),
                                Right.read(Product.WORKERS_R2_STORAGE)),
                        call -> Envelope.success(json(call.account())))
                .get("/memberships", Guard.anyToken(), AccountOperations::memberships)
                .get("/user", Guard.user(Right.read(Product.USER_DETAILS)), AccountOperations::user)
                .routes();
    }

    private static Answer list(Call call) {
        List<Account> accounts = visible(call).stream()
                .filter(account ->
                        call.query().first("name").map(account.name()::equals).orElse(true))
                .toList();
        return Paging.of(call.query()).answer(accounts, AccountOperations::json);
    }

    private static List<Account> visible(Call call) {
        Comparator<Account> order = Comparator.comparing(Account::name).thenComparing(Account::id);
        boolean descending =
                call.query().first("direction").filter("desc"::equals).isPresent();
        return call.world().accounts().stream()
                .filter(account -> call.token().reachesAccount(account.id()))
                .sorted(descending ? order.reversed() : order)
                .toList();
    }

    private static Answer memberships(Call call) {
        if (call.token().kind() == Token.Kind.ACCOUNT) {
            throw new Refusal(403, 9106, "Authentication failed");
        }
        if (!call.token().holds(Right.read(Product.MEMBERSHIPS))) {
            throw Refusals.unauthorized();
        }
        return Paging.of(call.query()).answer(visible(call), account -> {
            ObjectNode membership = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", account.id())
                    .put("status", "accepted");
            membership.set("account", json(account));
            membership.putArray("roles").add("Super Administrator - All Privileges");
            return membership;
        });
    }

    private static Answer user(Call call) {
        return Envelope.success(JsonNodeFactory.instance
                .objectNode()
                .put("id", "00000000000000000000000000000002")
                .put("email", call.token().user() + "@simulator.example"));
    }

    private static ObjectNode json(Account account) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", account.id())
                .put("name", account.name())
                .put("type", account.type())
                .put("created_on", account.createdOn().toString());
        json.putObject("settings").put("enforce_twofactor", false);
        return json;
    }
}
