package io.maildomain.simulator.others;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import java.util.List;

/** Durable Objects, queues, KV and analytics: there is nothing. */
public final class OtherProducts {

    private OtherProducts() {}

    public static List<Route> routes() {
        Guard guard = Guard.account(Right.read(Product.WORKERS_SCRIPTS));
        return new Route.Collector()
                .get("/accounts/{account_id}/workers/durable_objects/namespaces", guard, OtherProducts::none)
                .get("/accounts/{account_id}/queues", guard, OtherProducts::none)
                .get("/accounts/{account_id}/storage/kv/namespaces", guard, OtherProducts::none)
                .post("/graphql", Guard.anyToken(), OtherProducts::noAnalytics)
                .routes();
    }

    private static Answer none(Call call) {
        return Paging.of(call.query(), 1, 20, 100).answer(List.<JsonNode>of(), json -> json);
    }

    /** GraphQL has an envelope of its own. */
    private static Answer noAnalytics(Call call) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("data").putObject("viewer").putArray("accounts");
        json.putNull("errors");
        return Answer.json(200, json);
    }
}
