package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import java.util.List;

/** Lists of products that the simulator does not hold: empty for a token that may see them, else refused. */
public final class DeployProbes {

    private DeployProbes() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get("/accounts/{account_id}/d1/database", Guard.account(Right.read(Product.D1)), call -> Paging.of(
                                call.query(), 1, 100, 10_000)
                        .answer(List.<String>of(), DeployProbes::none))
                .get(
                        "/accounts/{account_id}/pages/projects",
                        Guard.account(Right.read(Product.CLOUDFLARE_PAGES)),
                        call -> Paging.of(call.query(), 1, 10, 100).answer(List.<String>of(), DeployProbes::none))
                .get(
                        "/accounts/{account_id}/r2/buckets",
                        Guard.account(Right.read(Product.WORKERS_R2_STORAGE)),
                        DeployProbes::buckets)
                .routes();
    }

    private static Answer buckets(Call call) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("buckets");
        return Envelope.success(result);
    }

    private static ObjectNode none(String item) {
        return JsonNodeFactory.instance.objectNode().put("name", item);
    }
}
