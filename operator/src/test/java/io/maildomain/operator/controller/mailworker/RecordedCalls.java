package io.maildomain.operator.controller.mailworker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a simulator recorded, a line for each call as people read it: ids are told by names ({@code v1} is the version that was uploaded
 * first), SQL by what it is for. Probes, which are no calls of the API, are put between them.
 */
final class RecordedCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/client/v4";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern NOTED = Pattern.compile("values \\('([^']+)'\\)");
    private static final Pattern ASKED = Pattern.compile("'([^']+)'");

    private final Map<String, String> names = new HashMap<>();
    private int versions;

    private RecordedCalls() {}

    /** The calls of a recording from one line on, in order. */
    static List<String> of(Path recording, int from) {
        RecordedCalls names = new RecordedCalls();
        List<String> lines = new ArrayList<>();
        for (String line : exchanges(recording)) {
            lines.add(names.line(read(line)));
        }
        return lines.subList(from, lines.size());
    }

    /** Puts a probe and what was found behind what is recorded by now. */
    static VersionProbe.Finding recorded(VersionProbe probe, VersionProbe.Question question, Path recording) {
        VersionProbe.Finding found = probe.ask(question);
        String line = JSON.createObjectNode()
                .put("probe", question.url().toString())
                .put("override", question.override())
                .put("found", found.words())
                .toString();
        try {
            Files.writeString(recording, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** How many calls there are by now. */
    static int count(Path recording) {
        return exchanges(recording).size();
    }

    /** Whether the line is of a call that may change something, or of a probe. */
    static boolean counts(String line) {
        return !line.startsWith("GET ") && !line.contains(": which ");
    }

    private static List<String> exchanges(Path recording) {
        try {
            return Files.readAllLines(recording);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(JsonNode exchange) {
        String path = exchange.path("path").asText();
        String method = exchange.path("method").asText();
        JsonNode answer = exchange.path("responseBody");
        int status = exchange.path("status").asInt();
        if (exchange.has("probe")) {
            String version = exchange.path("override").asText("");
            String found = exchange.path("found").asText();
            return "PROBE " + exchange.path("probe").asText()
                    + (exchange.path("override").isNull() ? "" : " of " + names.get(version)) + ": "
                    + (found.isEmpty() ? "good" : found);
        }
        learn(method, path, answer.path("result"));
        String call = method + " " + named(path);
        return call
                + what(path, exchange.path("requestBody"), answer.path("result"))
                + (status == 200 ? "" : ": HTTP " + status);
    }

    private void learn(String method, String path, JsonNode result) {
        if (path.contains("/d1/database?")) {
            result.forEach(database -> names.put(
                    database.path("uuid").asText(), database.path("name").asText()));
        }
        String uploaded = method.equals("GET")
                ? ""
                : result.path("deployment_id")
                        .asText(path.contains("/versions") ? result.path("id").asText() : "");
        if (!uploaded.isEmpty()) {
            versions++;
            names.put(uploaded, "v" + versions);
        }
    }

    private String named(String path) {
        String known = path.substring(API.length()).replaceFirst("^/accounts/" + ID.pattern(), "");
        for (Map.Entry<String, String> name : names.entrySet()) {
            known = known.replace(name.getKey(), name.getValue());
        }
        return ID.matcher(known).replaceAll("{id}");
    }

    private String what(String path, JsonNode request, JsonNode result) {
        if (request.has("sql")) {
            return ": " + ofSql(request.path("sql").asText());
        }
        if (request.has("versions")) {
            Map<String, String> shares = new TreeMap<>();
            request.path("versions")
                    .forEach(share -> shares.put(
                            names.getOrDefault(share.path("version_id").asText(), "another"),
                            share.path("percentage").asText() + " %"));
            return ": "
                    + shares.entrySet().stream()
                            .map(share -> share.getKey() + " " + share.getValue())
                            .collect(Collectors.joining(", "));
        }
        String uploaded = result.path("deployment_id").asText(result.path("id").asText());
        return names.containsKey(uploaded) && request.isNull() && !path.endsWith("/" + uploaded)
                ? ": uploads " + names.get(uploaded)
                : "";
    }

    private static String ofSql(String sql) {
        Matcher noted = NOTED.matcher(sql);
        if (noted.find()) {
            return "runs and notes " + noted.group(1);
        }
        if (sql.contains("sqlite_master")) {
            return "which table of migrations there is";
        }
        List<String> files =
                ASKED.matcher(sql).results().map(file -> file.group(1)).toList();
        return "which of " + String.join(", ", files) + " are applied";
    }
}
