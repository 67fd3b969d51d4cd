package io.maildomain.simulator.tokens;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Ids;
import io.maildomain.simulator.state.Token;
import java.util.List;

/** The operations under {@code /user/tokens} and {@code /accounts/{account_id}/tokens}. */
public final class TokenOperations {

    private TokenOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get("/user/tokens/verify", Guard.anyToken(), call -> verify(call, Token.Kind.USER))
                .get("/accounts/{account_id}/tokens/verify", ownAccount(), call -> verify(call, Token.Kind.ACCOUNT))
                .get(
                        "/user/tokens/permission_groups",
                        Guard.user(Right.read(Product.API_TOKENS)),
                        TokenOperations::permissionGroups)
                .get(
                        "/accounts/{account_id}/tokens/permission_groups",
                        Guard.accountItself(Right.read(Product.ACCOUNT_API_TOKENS)),
                        TokenOperations::permissionGroups)
                .routes();
    }

    private static Guard ownAccount() {
        return call -> {
            if (!Ids.isWellFormed(call.parameter(Guard.ACCOUNT_ID))) {
                throw call.noRoute();
            }
            if (!call.token().reachesAccount(call.parameter(Guard.ACCOUNT_ID))) {
                throw Refusals.invalidTokenToVerify();
            }
        };
    }

    private static Answer verify(Call call, Token.Kind kind) {
        Token token = call.token();
        if (token.kind() != kind) {
            throw Refusals.invalidTokenToVerify();
        }
        Token.Status status = token.statusAt(call.now());
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("id", token.id()).put("status", status.wire());
        if (token.notBefore() != null) {
            result.put("not_before", token.notBefore().toString());
        }
        if (token.expiresOn() != null) {
            result.put("expires_on", token.expiresOn().toString());
        }
        return status == Token.Status.ACTIVE
                ? Envelope.success(result, 10000, "This API Token is valid and active")
                : Envelope.success(result);
    }

    private static Answer permissionGroups(Call call) {
        var groups = JsonNodeFactory.instance.arrayNode();
        for (Right right : Right.known()) {
            boolean named = call.query()
                    .first("name")
                    .map(right.groupName()::equalsIgnoreCase)
                    .orElse(true);
            boolean scoped = call.query()
                    .first("scope")
                    .map(right.product().scope().resource()::equals)
                    .orElse(true);
            if (named && scoped) {
                groups.addObject()
                        .put("id", right.groupId())
                        .put("name", right.groupName())
                        .putArray("scopes")
                        .add(right.product().scope().resource());
            }
        }
        return Envelope.success(groups);
    }
}
