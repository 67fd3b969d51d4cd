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
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerSettings;
import io.maildomain.simulator.state.WorkerVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is set for a Worker: its settings, its names under workers.dev, and when it is started. */
public final class SettingOperations {

    private static final String SCRIPT_SETTINGS = Scripts.ONE + "/script-settings";
    private static final String SUBDOMAIN = Scripts.ONE + "/subdomain";
    private static final String SCHEDULES = Scripts.ONE + "/schedules";
    private static final String OF_ACCOUNT = "/accounts/{account_id}/workers/subdomain";
    private static final String OBSERVABILITY = "observability";
    private static final String ENABLED = "enabled";
    private static final String PREVIEWS_ENABLED = "previews_enabled";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SettingOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(Scripts.ONE + "/settings", Scripts.READ, SettingOperations::settings)
                .get(SCRIPT_SETTINGS, Scripts.READ, call -> Envelope.success(scriptSettings(Scripts.existing(call))))
                .patch(SCRIPT_SETTINGS, Scripts.EDIT, SettingOperations::patch)
                .get(SUBDOMAIN, Scripts.READ, call -> Envelope.success(subdomain(Scripts.existing(call))))
                .post(SUBDOMAIN, Scripts.EDIT, SettingOperations::setSubdomain)
                .get(SCHEDULES, Scripts.READ, call -> Envelope.success(schedules(Scripts.existing(call))))
                .put(SCHEDULES, Scripts.EDIT, SettingOperations::setSchedules)
                .get(OF_ACCOUNT, Scripts.READ, SettingOperations::accountSubdomain)
                .put(OF_ACCOUNT, Scripts.EDIT, SettingOperations::setAccountSubdomain)
                .routes();
    }

    private static Answer settings(Call call) {
        Worker worker = Scripts.existing(call);
        ObjectNode json = scriptSettings(worker).put("usage_model", "standard");
        json.set("bindings", worker.servingVersion().map(ScriptJson::bindings).orElseGet(NODES::arrayNode));
        worker.servingVersion()
                .map(WorkerVersion::compatibilityDate)
                .filter(date -> !date.isEmpty())
                .ifPresent(date -> json.put("compatibility_date", date));
        ArrayNode flags = json.putArray("compatibility_flags");
        worker.servingVersion()
                .ifPresent(version -> version.compatibilityFlags().forEach(flags::add));
        return Envelope.success(json);
    }

    private static ObjectNode scriptSettings(Worker worker) {
        WorkerSettings settings = worker.settings();
        ObjectNode json = NODES.objectNode().put("logpush", settings.logpush());
        ArrayNode tags = json.putArray("tags");
        settings.tags().forEach(tags::add);
        json.putArray("tail_consumers");
        json.set(
                OBSERVABILITY,
                settings.observability() == null ? NODES.objectNode().put(ENABLED, false) : settings.observability());
        return json;
    }

    private static Answer patch(Call call) {
        Worker worker = Scripts.existing(call);
        JsonNode body = call.object();
        WorkerSettings settings = worker.settings();
        Worker changed = worker.withSettings(settings.withScript(
                body.hasNonNull(OBSERVABILITY) ? body.get(OBSERVABILITY) : settings.observability(),
                body.path("tags").isArray() ? Upload.texts(body.get("tags")) : settings.tags(),
                body.path("logpush").asBoolean(settings.logpush())));
        return Envelope.success(scriptSettings(Scripts.put(call, changed)));
    }

    static ObjectNode subdomain(Worker worker) {
        return NODES.objectNode()
                .put(ENABLED, worker.settings().onSubdomain())
                .put(PREVIEWS_ENABLED, worker.settings().previews());
    }

    private static Answer setSubdomain(Call call) {
        Worker worker = Scripts.existing(call);
        JsonNode body = call.object();
        if (!body.path(ENABLED).isBoolean()) {
            throw Scripts.invalid("enabled must be true or false");
        }
        boolean enabled = body.path(ENABLED).asBoolean();
        Worker changed = worker.withSettings(worker.settings()
                .withSubdomain(enabled, body.path(PREVIEWS_ENABLED).asBoolean(enabled)));
        return Envelope.success(subdomain(Scripts.put(call, changed)));
    }

    private static ObjectNode schedules(Worker worker) {
        ObjectNode json = NODES.objectNode();
        ArrayNode schedules = json.putArray("schedules");
        worker.settings().schedules().forEach(schedule -> schedules
                .addObject()
                .put("cron", schedule.cron())
                .put("created_on", schedule.createdOn().toString())
                .put("modified_on", schedule.modifiedOn().toString()));
        return json;
    }

    private static Answer setSchedules(Call call) {
        Worker worker = Scripts.existing(call);
        Map<String, WorkerSettings.Schedule> known = new HashMap<>();
        worker.settings().schedules().forEach(schedule -> known.put(schedule.cron(), schedule));
        List<WorkerSettings.Schedule> schedules = new ArrayList<>();
        for (JsonNode schedule : call.array()) {
            String cron = schedule.path("cron").asText();
            if (cron.trim().split("\\s+").length != 5) {
                throw new Refusal(400, 10100, "invalid cron string: " + cron);
            }
            schedules.add(known.getOrDefault(cron, new WorkerSettings.Schedule(cron, call.now(), call.now())));
        }
        Worker changed = worker.withSettings(worker.settings().withSchedules(schedules));
        return Envelope.success(schedules(Scripts.put(call, changed)));
    }

    private static Answer accountSubdomain(Call call) {
        String name = call.account().platform().workersSubdomain();
        if (name.isEmpty()) {
            throw new Refusal(404, 10007, "You do not have a workers.dev subdomain.");
        }
        return Envelope.success(NODES.objectNode().put("subdomain", name));
    }

    private static Answer setAccountSubdomain(Call call) {
        Account account = call.account();
        String name = call.object().path("subdomain").asText();
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw Scripts.invalid("subdomain must be a name under workers.dev");
        }
        call.world().put(account.withPlatform(account.platform().withWorkersSubdomain(name)));
        return Envelope.success(NODES.objectNode().put("subdomain", name));
    }
}
