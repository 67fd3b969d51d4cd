package io.maildomain.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What was uploaded to a Worker at one time.
 *
 * @param number counted by Worker, from 1
 * @param source who uploaded it: {@code wrangler}, {@code api} or {@code dash}
 * @param authorEmail empty where no user did
 * @param annotations {@code workers/message}, {@code workers/tag} and what else was said
 * @param bindings in Cloudflare's words; of a secret a digest instead of its text
 * @param modules none where a Worker exists only by name
 */
public record WorkerVersion(
        String id,
        int number,
        Instant createdOn,
        String source,
        String authorEmail,
        Map<String, String> annotations,
        String mainModule,
        List<Module> modules,
        List<JsonNode> bindings,
        String compatibilityDate,
        List<String> compatibilityFlags,
        boolean hasAssets) {

    /** Who uploads in the dashboard, and who is meant where it is not said. */
    public static final String DASHBOARD = "dash";

    public WorkerVersion {
        id = id == null ? UUID.randomUUID().toString() : id;
        source = source == null ? DASHBOARD : source;
        authorEmail = authorEmail == null ? "" : authorEmail;
        annotations = annotations == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        mainModule = mainModule == null ? "" : mainModule;
        modules = modules == null ? List.of() : List.copyOf(modules);
        bindings = bindings == null ? List.of() : List.copyOf(bindings);
        compatibilityDate = compatibilityDate == null ? "" : compatibilityDate;
        compatibilityFlags = compatibilityFlags == null ? List.of() : List.copyOf(compatibilityFlags);
    }

    /** A version that another user uploaded in the dashboard. */
    public static WorkerVersion ofOthers(Instant now) {
        return new WorkerVersion(null, 0, now, null, null, null, null, null, null, null, null, false);
    }

    WorkerVersion withNumber(int counted) {
        return new WorkerVersion(
                id,
                counted,
                createdOn,
                source,
                authorEmail,
                annotations,
                mainModule,
                modules,
                bindings,
                compatibilityDate,
                compatibilityFlags,
                hasAssets);
    }

    /** The same version with other things said of it. */
    public WorkerVersion withAnnotations(Map<String, String> changed) {
        return new WorkerVersion(
                id,
                number,
                createdOn,
                source,
                authorEmail,
                changed,
                mainModule,
                modules,
                bindings,
                compatibilityDate,
                compatibilityFlags,
                hasAssets);
    }

    /** The same content with other bindings, as a version of its own. */
    public WorkerVersion asNew(List<JsonNode> changed, String by, String email, Instant now) {
        return new WorkerVersion(
                null,
                0,
                now,
                by,
                email,
                null,
                mainModule,
                modules,
                changed,
                compatibilityDate,
                compatibilityFlags,
                hasAssets);
    }

    /**
     * A file of a Worker; its content is not kept.
     *
     * @param sha256 of the content, in hexadecimal digits
     */
    public record Module(String name, String contentType, long size, String sha256) {}
}
