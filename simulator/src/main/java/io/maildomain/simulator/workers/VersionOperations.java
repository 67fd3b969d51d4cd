package io.maildomain.simulator.workers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The operations on a Worker's versions. */
public final class VersionOperations {

    private static final String VERSIONS = Scripts.ONE + "/versions";

    private VersionOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(VERSIONS, Scripts.READ, VersionOperations::list)
                .post(VERSIONS, Scripts.EDIT, VersionOperations::upload)
                .get(VERSIONS + "/{version_id}", Scripts.READ, VersionOperations::show)
                .routes();
    }

    private static Answer list(Call call) {
        List<WorkerVersion> newestFirst = new ArrayList<>(Scripts.existing(call).versions());
        Collections.reverse(newestFirst);
        Paging paging = Paging.of(call.query(), 1, 100, 100);
        ObjectNode page =
                (ObjectNode) paging.answer(newestFirst, ScriptJson::version).json();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("items", page.get("result"));
        page.set("result", result);
        return Answer.json(200, page);
    }

    private static Answer upload(Call call) {
        Worker worker = Scripts.existing(call);
        WorkerVersion version = Upload.of(call).version(call, worker);
        Worker changed = Scripts.put(call, worker.withVersion(version, call.now()));
        ObjectNode json = ScriptJson.versionInFull(
                changed.version(version.id()).orElseThrow(() -> new IllegalStateException("a new version is kept")));
        return Envelope.success(json.put("startup_time_ms", 7));
    }

    private static Answer show(Call call) {
        return Envelope.success(
                ScriptJson.versionInFull(existing(Scripts.existing(call), call.parameter("version_id"))));
    }

    private static WorkerVersion existing(Worker worker, String id) {
        return worker.version(id).orElseThrow(() -> new Refusal(404, 10222, "This Worker has no version " + id + "."));
    }
}
