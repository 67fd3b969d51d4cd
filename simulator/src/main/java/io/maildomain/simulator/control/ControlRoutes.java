package io.maildomain.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Request;
import io.maildomain.simulator.api.Router;
import io.maildomain.simulator.engine.Engine;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.HostAnswer;
import io.maildomain.simulator.state.StateJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The control plane over HTTP. Answers are plain JSON; a refusal is {@code {"error": "one line"}}. */
public final class ControlRoutes {

    /** Where the control plane lies. */
    public static final String BASE_PATH = "/_simulator";

    private static final String CALLS_SHOWN = "limit";

    private final Router<Handler> router = new Router<>();
    private final Controls controls;
    private final Engine engine;

    public ControlRoutes(Engine engine, Controls controls) {
        this.engine = engine;
        this.controls = controls;
        router.add("GET", "/", r -> Answer.text(200, "text/plain; charset=UTF-8", ControlIndex.TEXT))
                .add("GET", "/state", this::showState)
                .add("PUT", "/state", this::loadState)
                .add("GET", "/quirks", r -> json(quirksWithMeaning()))
                .add("PUT", "/quirks", this::setQuirks)
                .add("GET", "/calls", this::showCalls)
                .add("DELETE", "/calls", r -> done(controls::clearCalls))
                .add("POST", "/mail/{name}", r -> json(controls.mail(r.name())));
        addThings();
        addDeployed();
        addFaults();
    }

    private void addThings() {
        router.add(
                        "GET",
                        "/zones/{name}",
                        r -> json(controls.zone(r.name())
                                .orElseThrow(() -> new NotThere("there is no zone " + r.name()))))
                .add(
                        "PUT",
                        "/zones/{name}",
                        r -> json(controls.putZone(r.name(), StateJson.read(r.object(), ZoneSpec.class))))
                .add("DELETE", "/zones/{name}", r -> done(() -> controls.removeZone(r.name())))
                .add("POST", "/zones/{name}/activate", r -> json(controls.activate(r.name())))
                .add("POST", "/zones/{name}/move", r -> json(controls.move(r.name())))
                .add(
                        "PUT",
                        "/accounts/{name}",
                        r -> json(controls.putAccount(
                                r.name(),
                                r.object().path("name").asText(null),
                                r.object().path("pending_zone_limit").asInt(0))))
                .add(
                        "PUT",
                        "/addresses/{name}",
                        r -> done(() -> controls.putAddress(
                                r.name(), r.object().path("verified").asBoolean(true))))
                .add("POST", "/addresses/{name}/verify", r -> done(() -> controls.verifyAddress(r.name())))
                .add("GET", "/tokens", r -> json(controls.tokens()))
                .add("PUT", "/tokens/{name}", r -> json(controls.putToken(r.name(), r.object())))
                .add("DELETE", "/tokens/{name}", r -> done(() -> controls.revokeToken(r.name())))
                .add("PUT", "/workers/{name}", r -> done(() -> controls.putWorker(r.name())))
                .add("DELETE", "/workers/{name}", r -> done(() -> controls.removeWorker(r.name())))
                .add(
                        "PUT",
                        "/refused-domains/{name}",
                        r -> done(() -> controls.refuseDomain(
                                r.name(), r.object().path("code").asInt(1097))))
                .add("DELETE", "/refused-domains/{name}", r -> done(() -> controls.allowDomain(r.name())));
    }

    private void addDeployed() {
        PlatformControls platform = controls.platform();
        router.add("GET", "/workers/{name}", r -> json(platform.worker(r.name())))
                .add(
                        "POST",
                        "/workers/{name}/deploy",
                        r -> json(platform.deployWorker(r.name(), StateJson.read(r.object(), DeploySpec.class))))
                .add(
                        "PUT",
                        "/custom-domains/{name}",
                        r -> json(platform.putCustomDomain(
                                r.name(),
                                r.object()
                                        .path("worker")
                                        .asText(r.object().path("service").asText()))))
                .add("DELETE", "/custom-domains/{name}", r -> done(() -> platform.removeCustomDomain(r.name())))
                .add(
                        "PUT",
                        "/routes",
                        r -> json(platform.putRoute(
                                r.object().path("pattern").asText(),
                                r.object().path("script").asText())))
                .add("PUT", "/databases/{name}", r -> {
                    platform.putDatabase(r.name(), r.object().path("sql").asText(""));
                    return json(platform.database(r.name()));
                })
                .add("GET", "/databases/{name}", r -> json(platform.database(r.name())))
                .add("DELETE", "/databases/{name}", r -> done(() -> platform.removeDatabase(r.name())))
                .add(
                        "PUT",
                        "/buckets/{name}",
                        r -> json(platform.putBucket(
                                r.name(), r.object().path("jurisdiction").asText(null))))
                .add("DELETE", "/buckets/{name}", r -> done(() -> platform.removeBucket(r.name())))
                .add("PUT", "/pages/{name}", r -> json(platform.putPages(r.name(), r.object())))
                .add(
                        "POST",
                        "/pages/{name}/deploy",
                        r -> json(platform.deployPages(
                                r.name(),
                                r.object().path("branch").asText(null),
                                r.object().path("message").asText(""))))
                .add("DELETE", "/pages/{name}", r -> done(() -> platform.removePages(r.name())))
                .add(
                        "PUT",
                        "/answers/{name}",
                        r -> done(() -> platform.putAnswer(r.name(), StateJson.read(r.object(), HostAnswer.class))))
                .add("DELETE", "/answers/{name}", r -> done(() -> platform.removeAnswer(r.name())));
    }

    private void addFaults() {
        router.add("GET", "/faults", r -> json(controls.faults()))
                .add(
                        "POST",
                        "/faults",
                        r -> json(Map.of("id", controls.addFault(StateJson.read(r.object(), FaultPlan.class)))))
                .add("DELETE", "/faults", r -> done(controls::clearFaults))
                .add("DELETE", "/faults/{name}", r -> done(() -> controls.removeFault(r.number())));
    }

    /** Whether a path belongs to the control plane. */
    public static boolean covers(String path) {
        return path.equals(BASE_PATH) || path.startsWith(BASE_PATH + "/");
    }

    /**
     * Serves a request.
     *
     * @param trusted whether it comes from this machine, or all may; no other may
     */
    public Answer answer(Request request, boolean trusted) {
        if (!trusted) {
            return error(403, "the control plane is served only to this machine (--open-control serves it to all)");
        }
        if (isOfAnotherSite(request)) {
            return error(403, "the control plane is not for pages of other sites");
        }
        var segments = request.segments(Math.min(request.path().length(), BASE_PATH.length() + 1));
        Optional<Router.Path<Handler>> path = router.find(segments);
        if (path.isEmpty()) {
            return error(404, "no such path; GET " + BASE_PATH + " lists them");
        }
        Optional<Handler> handler = path.get().served(request.method());
        if (handler.isEmpty()) {
            return error(405, "only " + String.join(", ", path.get().methods()) + " here")
                    .with("Allow", String.join(", ", path.get().methods()));
        }
        try {
            return handler.get().answer(new Received(request, path.get().parameters(segments)));
        } catch (NoSuchElementException e) {
            return error(404, e.getMessage());
        } catch (IllegalArgumentException e) {
            return error(400, e.getMessage());
        }
    }

    private static boolean isOfAnotherSite(Request request) {
        String self = "http://" + request.header("Host").orElse("");
        return request.header("Origin").filter(origin -> !origin.equals(self)).isPresent();
    }

    private Answer showState(Received received) {
        boolean comparable = received.request()
                .query()
                .first("comparable")
                .filter("true"::equals)
                .isPresent();
        return json(comparable ? controls.comparableState() : controls.state());
    }

    private Answer loadState(Received received) {
        return done(() -> controls.load(received.object()));
    }

    private Answer setQuirks(Received received) {
        Map<String, String> readings = new LinkedHashMap<>();
        received.object()
                .properties()
                .forEach(f -> readings.put(f.getKey(), f.getValue().asText()));
        controls.quirks(readings);
        return json(controls.quirks());
    }

    private Map<String, Object> quirksWithMeaning() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Quirk quirk : Quirk.values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("value", engine.quirks().get(quirk));
            one.put("readings", quirk.readings());
            one.put("meaning", quirk.meaning());
            all.put(quirk.label(), one);
        }
        return all;
    }

    private Answer showCalls(Received received) {
        var calls = controls.calls();
        int limit = received.request()
                .query()
                .first(CALLS_SHOWN)
                .map(Integer::parseInt)
                .orElse(calls.size());
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("total", engine.calls().total());
        shown.put("refused", engine.calls().refused());
        shown.put("counts", controls.callCounts());
        shown.put("tokens", engine.calls().tokens());
        received.request()
                .query()
                .first("every")
                .ifPresent(length -> shown.put("intervals", controls.callsEvery(Fault.duration(length))));
        shown.put("calls", calls.subList(Math.max(0, calls.size() - limit), calls.size()));
        return json(shown);
    }

    private static Answer done(Runnable action) {
        action.run();
        return Answer.empty(204);
    }

    private static Answer json(Object value) {
        return Answer.json(200, StateJson.MAPPER.<JsonNode>valueToTree(value));
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, StateJson.MAPPER.createObjectNode().put("error", message));
    }

    @FunctionalInterface
    private interface Handler {
        Answer answer(Received received);
    }

    private record Received(Request request, Map<String, String> parameters) {

        String name() {
            return parameters.get("name");
        }

        int number() {
            try {
                return Integer.parseInt(name());
            } catch (NumberFormatException e) {
                throw new NotThere("there is no fault " + name());
            }
        }

        ObjectNode object() {
            if (request.body().length == 0) {
                return StateJson.MAPPER.createObjectNode();
            }
            try {
                if (StateJson.MAPPER.readTree(request.body()) instanceof ObjectNode object) {
                    return object;
                }
            } catch (IOException e) {
                throw new IllegalArgumentException("the body is no JSON", e);
            }
            throw new IllegalArgumentException("the body must be a JSON object");
        }
    }
}
