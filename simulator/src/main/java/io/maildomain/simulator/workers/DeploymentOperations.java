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
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerDeployment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operations on a Worker's deployments: which of its versions serve. */
public final class DeploymentOperations {

    private static final String DEPLOYMENTS = Scripts.ONE + "/deployments";
    private static final int MOST_VERSIONS = 2;
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private DeploymentOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(DEPLOYMENTS, Scripts.READ, DeploymentOperations::list)
                .post(DEPLOYMENTS, Scripts.EDIT, DeploymentOperations::create)
                .get(DEPLOYMENTS + "/{deployment_id}", Scripts.READ, DeploymentOperations::show)
                .routes();
    }

    private static Answer list(Call call) {
        List<WorkerDeployment> deployments = Scripts.existing(call).deployments();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode newestFirst = result.putArray("deployments");
        for (int i = deployments.size() - 1; i >= 0; i--) {
            newestFirst.add(ScriptJson.deployment(deployments.get(i)));
        }
        return Envelope.success(result);
    }

    private static Answer show(Call call) {
        String id = call.parameter("deployment_id");
        return Scripts.existing(call).deployments().stream()
                .filter(deployment -> deployment.id().equals(id))
                .findFirst()
                .map(deployment -> Envelope.success(ScriptJson.deployment(deployment)))
                .orElseThrow(() -> new Refusal(404, 10007, "This Worker has no deployment " + id + "."));
    }

    private static Answer create(Call call) {
        Worker worker = Scripts.existing(call);
        JsonNode body = call.object();
        if (!body.path("strategy").asText("percentage").equals("percentage")) {
            throw Scripts.invalid("strategy must be \"percentage\"");
        }
        Author author = Author.of(call);
        WorkerDeployment deployment = new WorkerDeployment(
                null, call.now(), author.source(), author.email(), annotations(body), shares(worker, body));
        Scripts.put(call, worker.withDeployment(deployment));
        return Envelope.success(ScriptJson.deployment(deployment));
    }

    private static Map<String, String> annotations(JsonNode body) {
        Map<String, String> annotations = new TreeMap<>();
        body.path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }

    /**
     * The versions that a body names, with what each serves.
     *
     * @throws Refusal 400 unless they are one or two that are there, and serve all of it together
     */
    private static List<WorkerDeployment.Share> shares(Worker worker, JsonNode body) {
        List<WorkerDeployment.Share> shares = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode version : body.path("versions")) {
            String id = version.path("version_id").asText();
            BigDecimal percentage = version.path("percentage").decimalValue();
            if (worker.version(id).isEmpty()) {
                throw Scripts.invalid("This Worker has no version " + id + ".");
            }
            if (percentage.signum() < 0
                    || shares.stream().anyMatch(share -> share.versionId().equals(id))) {
                throw Scripts.invalid("version " + id + " stands there twice, or with less than 0 %");
            }
            shares.add(new WorkerDeployment.Share(id, percentage));
            sum = sum.add(percentage);
        }
        if (shares.isEmpty() || shares.size() > MOST_VERSIONS) {
            throw Scripts.invalid("a deployment has one or two versions, not " + shares.size());
        }
        if (sum.compareTo(ALL) != 0) {
            throw Scripts.invalid("the percentages of a deployment must sum to 100, not " + sum.toPlainString());
        }
        return shares;
    }
}
