package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerVersion;
import java.util.List;
import java.util.Map;

/** The operations on a Worker's secrets. Each change is a version of its own, which serves at once. */
public final class SecretOperations {

    private static final String SECRETS = Scripts.ONE + "/secrets";
    private static final String SECRET = SECRETS + "/{secret_name}";

    private SecretOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(SECRETS, Scripts.READ, SecretOperations::list)
                .put(SECRETS, Scripts.EDIT, SecretOperations::put)
                .get(SECRET, Scripts.READ, SecretOperations::show)
                .delete(SECRET, Scripts.EDIT, SecretOperations::delete)
                .routes();
    }

    private static Answer list(Call call) {
        ArrayNode secrets = JsonNodeFactory.instance.arrayNode();
        secrets(Scripts.existing(call)).forEach(secret -> secrets.add(Bindings.shown(secret)));
        return Envelope.success(secrets);
    }

    private static Answer show(Call call) {
        return Envelope.success(Bindings.shown(existing(call, Scripts.existing(call))));
    }

    private static List<JsonNode> secrets(Worker worker) {
        return worker.servingVersion().map(WorkerVersion::bindings).orElse(List.of()).stream()
                .filter(Bindings::isSecret)
                .toList();
    }

    private static JsonNode existing(Call call, Worker worker) {
        String name = call.parameter("secret_name");
        return secrets(worker).stream()
                .filter(secret -> isNamed(secret, name))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, 10056, "Secret '" + name + "' not found"));
    }

    private static Answer put(Call call) {
        Worker worker = Scripts.existing(call);
        JsonNode body = call.object();
        String name = body.path("name").asText();
        if (name.isEmpty() || !body.path("text").isTextual()) {
            throw Scripts.invalid("name and text of the secret are required");
        }
        ObjectNode secret = Bindings.secret(name, body.path("text").asText());
        deploy(call, worker, Lists.put(newest(worker).bindings(), binding -> isNamed(binding, name), secret));
        return Envelope.success(Bindings.shown(secret));
    }

    private static Answer delete(Call call) {
        Worker worker = Scripts.existing(call);
        JsonNode gone = existing(call, worker);
        deploy(
                call,
                worker,
                Lists.without(
                        newest(worker).bindings(),
                        binding -> isNamed(binding, gone.path("name").asText())));
        return Envelope.success(JsonNodeFactory.instance.nullNode());
    }

    private static boolean isNamed(JsonNode binding, String name) {
        return binding.path("name").asText().equals(name);
    }

    private static WorkerVersion newest(Worker worker) {
        return worker.newestVersion().orElseThrow(() -> new IllegalStateException("a Worker has a version"));
    }

    private static void deploy(Call call, Worker worker, List<JsonNode> bindings) {
        WorkerVersion newest = newest(worker);
        boolean serves = worker.currentDeployment()
                .filter(deployment -> deployment.versions().size() == 1)
                .filter(deployment -> deployment.mostServing().equals(newest.id()))
                .isPresent();
        if (!serves) {
            throw new Refusal(
                    400,
                    10215,
                    "Secret edit failed. You attempted to modify a secret, but the latest version of your Worker isn't"
                            + " currently deployed.");
        }
        Author author = Author.of(call);
        Scripts.put(
                call,
                worker.deployed(
                        newest.asNew(bindings, author.source(), author.email(), call.now()),
                        Map.of("workers/triggered_by", "secret"),
                        call.now()));
    }
}
