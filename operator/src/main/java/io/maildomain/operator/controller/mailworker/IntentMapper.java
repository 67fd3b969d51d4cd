package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.DatabaseMigrations;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.DestructiveMigrations;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.Probe;
import io.maildomain.api.v1alpha1.WorkerDatabase;
import io.maildomain.api.v1alpha1.WorkerRoute;
import io.maildomain.operator.cloudflare.deploy.ModuleType;
import io.maildomain.operator.controller.mailworker.plan.BoundResource;
import io.maildomain.operator.controller.mailworker.plan.Migration;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.ownership.ContentHash;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.FileContent;
import io.maildomain.operator.sources.SourceException;
import io.maildomain.operator.sources.SourceException.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From a MailWorker, the files of its source and its secrets to what the planner works on. Pure. */
final class IntentMapper {

    private static final String SQL = ".sql";
    private static final String TOP = ".";

    /** A status has room for no more characters. */
    private static final int LONGEST_REQUEST = 64;

    private static final int LONGEST_MIGRATION = 255;

    /** Of one database. Read as text, and taken apart, it is several times in memory; D1 takes no longer statement than 100 KB. */
    private static final int MOST_SQL = 4 << 20;

    private static final int TIMES_AS_TEXT = 4;

    private IntentMapper() {}

    /** What a deployment of these files holds of the memory, in bytes. */
    static long memory(Bundle source) {
        long sql = source.files().entrySet().stream()
                .filter(file -> file.getKey().endsWith(SQL))
                .mapToLong(file -> file.getValue().size())
                .sum();
        return source.size() + sql * TIMES_AS_TEXT;
    }

    /**
     * What is deployed, and the files for it.
     *
     * @param files those that are uploaded, by path
     */
    record Mapped(WorkerIntent intent, Map<String, FileContent> files) {
        Mapped {
            files = Map.copyOf(files);
        }
    }

    /**
     * @param source all files of the source, as they were fetched
     * @throws SourceException where a folder is not there, or a file of migrations is none
     */
    static Mapped map(MailWorker live, Bundle source, SecretValues secrets, OwnerMark mark) {
        MailWorkerSpec spec = live.getSpec();
        String folder = folder(spec.source());
        Bundle bundle = source.below(folder);
        Set<String> ofMigrations = new HashSet<>();
        List<WorkerIntent.Database> databases = spec.databases().stream()
                .map(database -> database(database, bundle, ofMigrations))
                .toList();
        Map<String, FileContent> modules = new TreeMap<>(bundle.files());
        modules.keySet()
                .removeIf(name ->
                        ofMigrations.contains(name) || ModuleType.ofName(name).isEmpty());
        WorkerIntent intent = new WorkerIntent(
                spec.script(),
                live.getMetadata().getNamespace() + "/" + live.getMetadata().getName(),
                mark,
                new WorkerIntent.Content(
                        // Another folder of the same files is another version.
                        folder.isEmpty() ? bundle.digest() : bundle.digest() + "/" + folder,
                        modules.keySet(),
                        spec.mainModule(),
                        spec.compatibilityDate(),
                        spec.compatibilityFlags(),
                        databases,
                        spec.buckets().stream()
                                .map(bucket ->
                                        new WorkerIntent.Bucket(bucket.binding(), bucket.name(), bucket.jurisdiction()))
                                .toList(),
                        spec.variables(),
                        secrets.revisions(),
                        spec.bindings().stream()
                                .map(binding -> new BoundResource(binding.name(), binding.type(), binding.properties()))
                                .toList()),
                triggers(spec),
                spec.rollout().wantedProbe().map(IntentMapper::probe).orElse(null),
                spec.conflictPolicy(),
                spec.drift(),
                retry(live));
        return new Mapped(intent, modules);
    }

    /** What is left of a MailWorker that is deleted: the Worker itself, bound to nothing and led to by nothing. */
    static WorkerIntent nothing(MailWorker live, OwnerMark mark) {
        return nothing(live, mark, null);
    }

    /** The same with the probe: enough to end what an earlier rollout has begun, while the source cannot be had. */
    static WorkerIntent unfinished(MailWorker live, OwnerMark mark) {
        return nothing(
                live,
                mark,
                live.getSpec().rollout().wantedProbe().map(IntentMapper::probe).orElse(null));
    }

    private static WorkerIntent nothing(MailWorker live, OwnerMark mark, WorkerIntent.@Nullable Probe probe) {
        MailWorkerSpec spec = live.getSpec();
        return new WorkerIntent(
                spec.script(),
                live.getMetadata().getNamespace() + "/" + live.getMetadata().getName(),
                mark,
                new WorkerIntent.Content(
                        "",
                        Set.of(),
                        spec.mainModule(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of()),
                new WorkerIntent.Triggers(null, null, List.of(), List.of()),
                probe,
                spec.conflictPolicy(),
                spec.drift(),
                "");
    }

    private static String folder(DeploySource source) {
        return source.wantedOci()
                .flatMap(oci -> oci.wantedPath())
                .or(() -> source.wantedArtifact().flatMap(artifact -> artifact.wantedPath()))
                .filter(path -> !path.equals(TOP))
                .orElse("");
    }

    private static WorkerIntent.Triggers triggers(MailWorkerSpec spec) {
        return new WorkerIntent.Triggers(
                spec.schedules(),
                spec.workersDev(),
                spec.customDomains(),
                spec.routes().stream().map(WorkerRoute::pattern).toList());
    }

    private static WorkerIntent.Probe probe(Probe probe) {
        return new WorkerIntent.Probe(probedHost(probe), probe.attempts());
    }

    /** In lower case; empty where it is not the URL of a host. */
    static String probedHost(Probe probe) {
        try {
            return Optional.ofNullable(new URI(probe.url()).getHost())
                    .orElse("")
                    .toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** The request to look that stands on the resource: with each new one what failed is tried again. */
    private static String retry(MailWorker live) {
        String asked = Conditioned.requestOn(live);
        if (asked == null) {
            return "";
        }
        return asked.length() <= LONGEST_REQUEST ? asked : ContentHash.of(asked).text();
    }

    private static WorkerIntent.Database database(WorkerDatabase database, Bundle bundle, Set<String> ofMigrations) {
        Optional<DatabaseMigrations> migrations = database.wantedMigrations();
        return new WorkerIntent.Database(
                database.binding(),
                database.name(),
                migrations.map(DatabaseMigrations::table).orElse(DatabaseMigrations.WRANGLER_TABLE),
                migrations
                        .filter(wanted -> wanted.destructive() == DestructiveMigrations.Allow)
                        .isPresent(),
                migrations
                        .map(wanted -> migrations(wanted, bundle, ofMigrations))
                        .orElse(List.of()));
    }

    /** The files right in the folder, as wrangler has it. */
    private static List<Migration> migrations(DatabaseMigrations wanted, Bundle bundle, Set<String> ofMigrations) {
        String folder = wanted.path().equals(TOP) ? "" : wanted.path() + "/";
        Map<String, FileContent> files = bundle.files().entrySet().stream()
                .filter(file ->
                        file.getKey().startsWith(folder) && file.getKey().endsWith(SQL))
                .filter(file -> file.getKey().indexOf('/', folder.length()) < 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
        boolean isThere = bundle.files().keySet().stream().anyMatch(name -> name.startsWith(folder));
        if (!isThere) {
            throw new SourceException(
                    Problem.NOT_FOUND,
                    "the source has no folder \"%s\", which migrations are to come from".formatted(wanted.path()));
        }
        if (files.values().stream().mapToLong(FileContent::size).sum() > MOST_SQL) {
            throw new SourceException(
                    Problem.TOO_LARGE,
                    "the migrations in \"%s\" have more than 4 MiB: bring data in with wrangler d1 execute"
                            .formatted(wanted.path()));
        }
        ofMigrations.addAll(files.keySet());
        return files.entrySet().stream()
                .map(file -> migration(file.getKey().substring(folder.length()), file.getValue()))
                .toList();
    }

    private static Migration migration(String name, FileContent content) {
        if (!Migration.isNamed(name)) {
            throw new SourceException(
                    Problem.MALFORMED,
                    "%s is no migration as wrangler names them: begin its name with a number, as in 0001_%s"
                            .formatted(name, name));
        }
        if (name.length() > LONGEST_MIGRATION) {
            throw new SourceException(
                    Problem.MALFORMED,
                    "the name of the migration %s… has more than %d characters: shorten it"
                            .formatted(name.substring(0, LONGEST_REQUEST), LONGEST_MIGRATION));
        }
        return new Migration(name, content.text());
    }
}
