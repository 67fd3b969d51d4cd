package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerVersion;
import io.maildomain.simulator.state.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The operations on Worker scripts themselves. */
public final class ScriptOperations {

    private static final String SERVICE = "/accounts/{account_id}/workers/services/{script_name}";

    private ScriptOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(Scripts.ALL, Scripts.READ, ScriptOperations::list)
                .get(Scripts.ONE, Scripts.READ, ScriptOperations::download)
                .put(Scripts.ONE, Scripts.EDIT, ScriptOperations::upload)
                .delete(Scripts.ONE, Scripts.EDIT, ScriptOperations::delete)
                .delete(SERVICE, Scripts.EDIT, ScriptOperations::delete)
                .routes();
    }

    private static Answer list(Call call) {
        var scripts = JsonNodeFactory.instance.arrayNode();
        call.account().workers().forEach(worker -> scripts.add(ScriptJson.script(worker)));
        return Envelope.success(scripts);
    }

    private static Answer download(Call call) {
        Scripts.existing(call);
        return Answer.text(200, "text/javascript", "export default { async email(message, env, ctx) {} };\n");
    }

    private static Answer upload(Call call) {
        Optional<Worker> known = call.account().worker(Scripts.name(call));
        Upload upload = Upload.of(call);
        WorkerVersion version = upload.version(call, known.orElse(null));
        Worker worker = known.orElseGet(() -> Worker.fresh(Scripts.name(call), call.now()))
                .deployed(version, deploymentAnnotations(upload), call.now());
        JsonNode metadata = upload.metadata();
        worker = worker.withSettings(worker.settings()
                .withScript(
                        metadata.hasNonNull("observability")
                                ? metadata.get("observability")
                                : worker.settings().observability(),
                        metadata.path("tags").isArray()
                                ? Upload.texts(metadata.get("tags"))
                                : worker.settings().tags(),
                        metadata.path("logpush").asBoolean(worker.settings().logpush())));
        Scripts.put(call, worker);
        // Cloudflare calls it a deployment's, but it is the version's id.
        return Envelope.success(
                ScriptJson.script(worker).put("startup_time_ms", 7).put("deployment_id", version.id()));
    }

    private static Map<String, String> deploymentAnnotations(Upload upload) {
        String message = upload.annotations().getOrDefault("workers/message", "");
        return message.isEmpty() ? Map.of() : Map.of("workers/message", message);
    }

    private static Answer delete(Call call) {
        Worker worker = Scripts.existing(call);
        boolean force = call.query().first("force").filter("true"::equals).isPresent();
        List<String> uses = uses(call, worker.name());
        if (!uses.isEmpty() && !force) {
            throw new Refusal(400, 10064, "This Worker is used by " + String.join(", ", uses) + ".");
        }
        HostNameRecords.withoutWorker(call, worker.name());
        Account account = call.account();
        call.world().put(account.withWorkers(Lists.without(account.workers(), w -> w.name()
                .equals(worker.name()))));
        return Envelope.success(JsonNodeFactory.instance.nullNode());
    }

    /** What would be left without its Worker. */
    private static List<String> uses(Call call, String name) {
        List<String> uses = new ArrayList<>();
        for (Zone zone : call.world().zonesOf(call.account().id())) {
            Stream.concat(zone.rules().stream(), Stream.of(zone.catchAll()))
                    .filter(rule -> names(rule, name))
                    .forEach(rule -> uses.add("an Email Routing rule of " + zone.name()));
        }
        call.account().workers().stream()
                .filter(other -> !other.name().equals(name))
                .filter(other -> other.servingVersion()
                        .filter(version -> Bindings.nameWorker(version, name))
                        .isPresent())
                .forEach(other -> uses.add("a binding of the Worker " + other.name()));
        return uses;
    }

    private static boolean names(RoutingRule rule, String worker) {
        return rule.actions().stream()
                .anyMatch(action ->
                        action.type().equals("worker") && action.value().contains(worker));
    }
}
