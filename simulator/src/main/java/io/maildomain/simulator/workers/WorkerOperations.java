package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Worker;
import java.util.List;

/** The operations under {@code /accounts/{account_id}/workers}. */
public final class WorkerOperations {

    private static final String SCRIPTS = "/accounts/{account_id}/workers/scripts";
    private static final String SCRIPT = SCRIPTS + "/{script_name}";

    private WorkerOperations() {}

    public static List<Route> routes() {
        Guard read = Guard.account(Right.read(Product.WORKERS_SCRIPTS));
        Guard edit = Guard.account(Right.edit(Product.WORKERS_SCRIPTS));
        return new Route.Collector()
                .get(SCRIPTS, read, WorkerOperations::list)
                .get(SCRIPT, read, WorkerOperations::download)
                .put(SCRIPT, edit, WorkerOperations::upload)
                .delete(SCRIPT, edit, WorkerOperations::delete)
                .get("/accounts/{account_id}/workers/services/{script_name}", read, WorkerOperations::service)
                .routes();
    }

    private static Answer list(Call call) {
        var scripts = JsonNodeFactory.instance.arrayNode();
        call.account().workers().forEach(worker -> scripts.add(json(worker)));
        return Envelope.success(scripts);
    }

    private static Answer download(Call call) {
        worker(call);
        return Answer.text(200, "text/javascript", "export default { async email(message, env, ctx) {} };\n");
    }

    private static Answer upload(Call call) {
        Account account = call.account();
        String name = call.parameter("script_name");
        Worker worker = account.worker(name)
                .map(known -> new Worker(name, known.tag(), known.createdOn(), call.now()))
                .orElseGet(() -> new Worker(name, null, call.now(), call.now()));
        call.world()
                .put(account.withWorkers(
                        Lists.put(account.workers(), w -> w.name().equals(name), worker)));
        return Envelope.success(json(worker).put("startup_time_ms", 1));
    }

    private static Answer delete(Call call) {
        Worker worker = worker(call);
        Account account = call.account();
        call.world().put(account.withWorkers(Lists.without(account.workers(), w -> w.name()
                .equals(worker.name()))));
        return Envelope.success(JsonNodeFactory.instance.nullNode());
    }

    private static Answer service(Call call) {
        Worker worker = worker(call);
        ObjectNode environment = JsonNodeFactory.instance.objectNode().put("environment", "production");
        environment.set("script", json(worker));
        ObjectNode service = JsonNodeFactory.instance.objectNode().put("id", worker.name());
        service.set("default_environment", environment);
        service.putArray("environments").add(environment.deepCopy());
        return Envelope.success(service);
    }

    private static Worker worker(Call call) {
        return call.account()
                .worker(call.parameter("script_name"))
                .orElseThrow(() -> new Refusal(404, 10007, "This Worker does not exist on your account."));
    }

    private static ObjectNode json(Worker worker) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", worker.name())
                .put("tag", worker.tag())
                .put("etag", worker.tag())
                .put("created_on", worker.createdOn().toString())
                .put("modified_on", worker.modifiedOn().toString())
                .put("usage_model", "standard")
                .put("has_modules", true);
        json.putArray("handlers").add("email");
        return json;
    }
}
