package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.operator.ownership.ContentHash;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a MailWorker asks for, with its source read.
 *
 * @param resource {@code namespace/name} of the MailWorker, for the message of its versions
 * @param probe null: the version that was uploaded serves at once (rollout {@code Immediate})
 * @param retry changes when a user asks for another try of what failed; empty where no user ever did
 */
public record WorkerIntent(
        String script,
        String resource,
        OwnerMark mark,
        Content content,
        Triggers triggers,
        @Nullable Probe probe,
        ConflictPolicy conflictPolicy,
        DriftPolicy drift,
        String retry) {

    /** Of a version's message Cloudflare keeps no more characters. */
    private static final int MESSAGE_LIMIT = 100;

    /**
     * What a version consists of.
     *
     * @param sourceDigest of all files of the source, migrations among them
     * @param modules paths of the files that are uploaded
     * @param secretRevisions by the name of the binding, something that changes when the Secret does and tells nothing of its value
     */
    public record Content(
            String sourceDigest,
            Set<String> modules,
            String mainModule,
            @Nullable String compatibilityDate,
            List<String> compatibilityFlags,
            List<Database> databases,
            List<Bucket> buckets,
            Map<String, String> variables,
            Map<String, String> secretRevisions,
            List<BoundResource> bindings) {

        public Content {
            modules = Set.copyOf(modules);
            compatibilityFlags = List.copyOf(compatibilityFlags);
            databases = List.copyOf(databases);
            buckets = List.copyOf(buckets);
            variables = Map.copyOf(variables);
            secretRevisions = Map.copyOf(secretRevisions);
            bindings = List.copyOf(bindings);
        }
    }

    /**
     * A D1 database that is bound.
     *
     * @param table that says which migrations were applied
     * @param destructiveAllowed whether a migration may take rows or columns away
     */
    public record Database(
            String binding, String name, String table, boolean destructiveAllowed, List<Migration> migrations) {
        public Database {
            migrations = List.copyOf(migrations);
        }
    }

    /** An R2 bucket that is bound. */
    public record Bucket(String binding, String name, String jurisdiction) {}

    /**
     * What starts the Worker; no part of a version.
     *
     * @param schedules null: not compared
     * @param workersDev null: not compared
     * @param routes patterns, such as {@code example.com/api/*}
     */
    public record Triggers(
            @Nullable List<String> schedules,
            @Nullable Boolean workersDev,
            List<String> customDomains,
            List<String> routes) {

        public Triggers {
            schedules = schedules == null ? null : List.copyOf(schedules);
            customDomains = List.copyOf(customDomains);
            routes = List.copyOf(routes);
        }

        /** One for each different set of triggers. */
        public String hash() {
            return ContentHash.of(
                            schedules == null ? "" : schedules,
                            workersDev == null ? "" : workersDev,
                            customDomains,
                            routes)
                    .text();
        }
    }

    /**
     * A request that tells whether a version works.
     *
     * @param host of the URL
     * @param attempts so many may fail before the version counts as bad; at least one
     */
    public record Probe(String host, int attempts) {}

    /**
     * Names what the version consists of, who deploys it, and the databases by their ids: one that was deleted and created anew is
     * another one. It is the version's tag at Cloudflare, so that no version is uploaded twice.
     *
     * @return 32 hexadecimal digits
     */
    public String fingerprint(WorkerState state) {
        List<List<String>> databases = content.databases().stream()
                .map(database -> List.of(
                        database.binding(),
                        database.name(),
                        state.database(database.name())
                                .map(WorkerState.Database::id)
                                .orElse(""),
                        database.table(),
                        database.migrations().stream()
                                .map(Migration::name)
                                .toList()
                                .toString()))
                .toList();
        return ContentHash.of(
                        mark.ownerId(),
                        script,
                        content.sourceDigest(),
                        content.mainModule(),
                        content.compatibilityDate() == null ? "" : content.compatibilityDate(),
                        content.compatibilityFlags(),
                        databases,
                        content.buckets(),
                        new TreeMap<>(content.variables()),
                        new TreeMap<>(content.secretRevisions()),
                        content.bindings().stream().map(BoundResource::text).toList())
                .text();
    }

    /**
     * What people read of a version in {@code wrangler versions list}; by the mark at its end the operator knows it as its own, so that
     * the words before it take only the room that Cloudflare leaves.
     */
    public String message() {
        String digest = content.sourceDigest();
        String words = resource + " " + digest.substring(0, Math.min(digest.length(), 19));
        int room = MESSAGE_LIMIT - mark.name("").length() - 1;
        return mark.name(words.substring(0, Math.min(words.length(), Math.max(0, room))));
    }

    /** The probe, if the rollout has one. */
    public Optional<Probe> probed() {
        return Optional.ofNullable(probe);
    }

    boolean corrects() {
        return drift == DriftPolicy.Correct;
    }

    boolean adopts() {
        return conflictPolicy == ConflictPolicy.Adopt;
    }

    /** The same, asked to try once more. */
    public WorkerIntent retried(String asked) {
        return new WorkerIntent(script, resource, mark, content, triggers, probe, conflictPolicy, drift, asked);
    }
}
