package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.calls.SeenCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is deployed, as lines of a {@link StateSnapshot}: each version of each Worker, each deployment that there ever was in its order, each
 * row of each database and how often it was written, buckets, projects with each deployment that they have and the files of each, and what leads
 * to a Worker or a site. So a migration that ran twice shows, a site that was deployed twice does, and a version that served for a moment.
 *
 * @param words for ids that a run makes up
 */
record DeployPicture(List<String> lines, Map<String, String> words) {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?");
    private static final Pattern HASH_OF_TRIGGERS = Pattern.compile("\"triggers\":\"[^\"]*\"");
    private static final String OURS = "life-";

    /** How it is now. */
    static DeployPicture of(Sandbox place) {
        JsonNode account = account(place);
        DeployPicture picture = new DeployPicture(new ArrayList<>(), new HashMap<>());
        deployed(place, account.at("/platform/databases")).forEach(database -> picture.paintDatabase(place, database));
        deployed(place, account.path("workers")).forEach(picture::paintWorker);
        deployed(place, account.at("/platform/buckets")).forEach(bucket -> picture.add("bucket", bucket));
        deployed(place, account.at("/platform/pages")).forEach(picture::paintSite);
        domains(place, account).forEach(domain -> picture.add("custom domain", without(domain, "id", "zone_id")));
        picture.paintTouched(place.calls(), place.names());
        return picture;
    }

    /** Whether a host leads to the Worker of the life. */
    static boolean leadsTo(Sandbox place, String host) {
        return domains(place, account(place))
                .anyMatch(domain ->
                        domain.path("hostname").asText().equals(place.names().here(host)));
    }

    /** Whether a host shows the site of the life. */
    static boolean showsSite(Sandbox place, String host) {
        return deployed(place, account(place).at("/platform/pages"))
                .filter(project -> project.path("name").asText().startsWith(DeployLife.SITE))
                .flatMap(project -> Json.elements(project.path("domains")))
                .anyMatch(domain -> domain.asText().equals(place.names().here(host)));
    }

    private static JsonNode account(Sandbox place) {
        return place.controls().comparableState().path("accounts").path(0);
    }

    private static Stream<JsonNode> deployed(Sandbox place, JsonNode all) {
        return Json.elements(all)
                .filter(one -> one.path("name").asText().startsWith(OURS))
                .filter(one -> place.names().isDeployed(one.path("name").asText()));
    }

    private static Stream<JsonNode> domains(Sandbox place, JsonNode account) {
        return Json.elements(account.at("/platform/custom_domains")).filter(domain -> place.names()
                .isDeployed(domain.path("service").asText()));
    }

    /** An account without what a picture of this kind shows. */
    static void apart(ObjectNode account) {
        Stream.of("/workers", "/platform/databases", "/platform/buckets", "/platform/pages", "/platform/custom_domains")
                .map(account::at)
                .filter(JsonNode::isArray)
                .forEach(all -> removeOurs((ArrayNode) all));
    }

    private static void removeOurs(ArrayNode all) {
        for (Iterator<JsonNode> each = all.iterator(); each.hasNext(); ) {
            JsonNode one = each.next();
            if (one.path("name").asText(one.path("service").asText()).startsWith(OURS)) {
                each.remove();
            }
        }
    }

    /** The same picture with this in it. */
    StateSnapshot in(StateSnapshot picture) {
        return picture.and(lines).with(this::steady);
    }

    private String steady(String line) {
        String steady = line;
        for (Map.Entry<String, String> word : words.entrySet()) {
            steady = steady.replace(word.getKey(), word.getValue());
        }
        return HASH_OF_TRIGGERS.matcher(TIME.matcher(steady).replaceAll("TIME")).replaceAll("\"triggers\":\"HASH\"");
    }

    private void add(String what, JsonNode object) {
        lines.add("deployed: " + what + " " + Json.line(object));
    }

    private static ObjectNode without(JsonNode object, String... fields) {
        ObjectNode rest = object.deepCopy();
        rest.remove(List.of(fields));
        return rest;
    }

    private void paintDatabase(Sandbox place, JsonNode database) {
        String name = database.path("name").asText();
        String uuid = database.path("uuid").asText();
        words.put(uuid, "id of " + name);
        // As it stands in a bookmark.
        words.put(uuid.replace("-", ""), "id of " + name);
        add(
                "database",
                Json.object()
                        .put("name", name)
                        .put("written", database.path("writes").asInt()));
        for (Map.Entry<String, JsonNode> table :
                place.controls().platform().database(name).path("tables").properties()) {
            table.getValue().path("rows").forEach(row -> add("row of " + name + " " + table.getKey(), row));
        }
    }

    private void paintWorker(JsonNode worker) {
        String name = worker.path("name").asText();
        for (JsonNode version : worker.path("versions")) {
            String word = name + " version " + version.path("number").asInt();
            words.put(version.path("id").asText(), word);
            String tag = version.at("/annotations/workers~1tag").asText();
            if (!tag.isEmpty()) {
                words.put(tag, "tag of " + word);
            }
            add("version of " + name, without(version, "id"));
        }
        int number = 0;
        for (JsonNode deployment : worker.path("deployments")) {
            number++;
            add("deployment " + number + " of " + name, without(deployment, "id"));
        }
        add("Worker", without(worker, "versions", "deployments", "tag"));
    }

    private void paintSite(JsonNode project) {
        String name = project.path("name").asText();
        words.put(project.path("id").asText(), "id of " + name);
        int number = 0;
        for (JsonNode deployment : project.path("deployments")) {
            number++;
            words.put(deployment.path("id").asText(), name + " deployment " + number);
            // It is made of the project's name, which is another one in each place.
            String hash = deployment.at("/trigger/commit_hash").asText();
            if (!hash.isEmpty()) {
                words.putIfAbsent(hash, "hash of " + name + " deployment " + number);
            }
            add("deployment " + number + " of " + name, without(deployment, "id"));
        }
        add("project", without(project, "id", "deployments"));
    }

    /** Writes at anything but the life's Worker, its custom domains and its database, and its site. */
    private void paintTouched(List<SeenCall> calls, Names names) {
        calls.stream()
                .filter(call -> !call.method().equals("GET"))
                .filter(call -> !isOurs(call, names))
                .map(call -> StateSnapshot.TOUCH + call.method() + " " + call.path())
                .forEach(lines::add);
    }

    private boolean isOurs(SeenCall call, Names names) {
        boolean ofWorker = call.path().contains("/workers/scripts/" + DeployLife.WORKER)
                || call.route().startsWith("/accounts/{account_id}/workers/domains");
        boolean ofSite = call.path().contains("/pages/projects/" + DeployLife.SITE)
                || call.route().equals("/accounts/{account_id}/pages/projects")
                || call.route().startsWith("/pages/assets/");
        return ofWorker
                || ofSite
                || call.route().endsWith("/query")
                        && words.entrySet().stream()
                                .filter(word -> word.getValue().equals("id of " + names.here(DeployLife.DATABASE)))
                                .anyMatch(word -> call.path().contains(word.getKey()));
    }
}
