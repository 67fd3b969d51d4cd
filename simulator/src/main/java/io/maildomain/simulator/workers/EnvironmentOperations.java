package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.Zone;
import java.util.List;

/** Workers as services with environments: older paths, by which wrangler looks at what was changed in the dashboard. */
public final class EnvironmentOperations {

    private static final String SERVICE = "/accounts/{account_id}/workers/services/{script_name}";
    private static final String ENVIRONMENT = SERVICE + "/environments/{environment}";
    private static final String PRODUCTION = "production";

    private EnvironmentOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(SERVICE, Scripts.READ, EnvironmentOperations::service)
                .get(ENVIRONMENT, Scripts.READ, call -> Envelope.success(environment(existing(call))))
                .get(ENVIRONMENT + "/bindings", Scripts.READ, EnvironmentOperations::bindings)
                .get(ENVIRONMENT + "/routes", Scripts.READ, EnvironmentOperations::routes)
                .get(
                        ENVIRONMENT + "/subdomain",
                        Scripts.READ,
                        call -> Envelope.success(SettingOperations.subdomain(existing(call))))
                .routes();
    }

    private static Worker existing(Call call) {
        Worker worker = Scripts.existing(call);
        if (!call.parameter("environment").equals(PRODUCTION)) {
            throw new Refusal(404, 10090, "This Worker has no such environment.");
        }
        return worker;
    }

    private static Answer service(Call call) {
        Worker worker = Scripts.existing(call);
        ObjectNode service = JsonNodeFactory.instance.objectNode().put("id", worker.name());
        service.set("default_environment", environment(worker));
        service.putArray("environments").add(environment(worker));
        return Envelope.success(service);
    }

    private static ObjectNode environment(Worker worker) {
        ObjectNode environment = JsonNodeFactory.instance
                .objectNode()
                .put("environment", PRODUCTION)
                .put("created_on", worker.createdOn().toString())
                .put("modified_on", worker.modifiedOn().toString());
        environment.set("script", ScriptJson.script(worker));
        return environment;
    }

    private static Answer bindings(Call call) {
        return Envelope.success(existing(call)
                .servingVersion()
                .map(ScriptJson::bindings)
                .orElseGet(JsonNodeFactory.instance::arrayNode));
    }

    private static Answer routes(Call call) {
        String name = existing(call).name();
        ArrayNode routes = JsonNodeFactory.instance.arrayNode();
        call.account().platform().routes().stream()
                .filter(route -> route.script().equals(name))
                .forEach(route -> routes.addObject()
                        .put("id", route.id())
                        .put("pattern", route.pattern())
                        .put(
                                "zone_name",
                                call.world()
                                        .zone(route.zoneId())
                                        .map(Zone::name)
                                        .orElse(""))
                        .put("script", name));
        return Envelope.success(routes);
    }
}
