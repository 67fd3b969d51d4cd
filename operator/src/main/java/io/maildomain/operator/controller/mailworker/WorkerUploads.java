package io.maildomain.operator.controller.mailworker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.WorkerBinding;
import io.maildomain.api.v1alpha1.WorkerDatabase;
import io.maildomain.operator.cloudflare.deploy.Binding;
import io.maildomain.operator.cloudflare.deploy.WorkerModule;
import io.maildomain.operator.cloudflare.deploy.WorkerUpload;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.controller.mailworker.plan.WorkerState;
import io.maildomain.operator.sources.FileContent;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** What is uploaded of a MailWorker: its files and all that it is bound to. Holds secrets, so it is no record. */
final class WorkerUploads {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<@Nullable Object>> LIST = new TypeReference<>() {};

    /**
     * What Cloudflare takes of a Worker once it is compressed. It says so at the upload, which is too late: the migrations have run then.
     *
     * @see <a href="https://developers.cloudflare.com/workers/platform/limits/#worker-size">the limits of Workers</a>
     */
    private static final int MOST_COMPRESSED = 10 << 20;

    private static final Set<String> BESIDE_PROPERTIES = Set.of("name", "type");

    private final MailWorkerSpec spec;
    private final WorkerIntent intent;
    private final Map<String, FileContent> files;
    private final SecretValues secrets;

    WorkerUploads(MailWorkerSpec spec, IntentMapper.Mapped mapped, SecretValues secrets) {
        this.spec = spec;
        this.intent = mapped.intent();
        this.files = mapped.files();
        this.secrets = secrets;
    }

    /** Why it cannot be deployed, told before anything is looked at; empty where all of it can be sent. */
    Optional<Blocked> unusable() {
        return Stream.<Supplier<Stream<Blocked>>>of(
                        this::unusableFiles, this::tooLarge, this::unusableProbe, this::migratedTwice, this::unsendable)
                .flatMap(Supplier::get)
                .findFirst();
    }

    private Stream<Blocked> unusableFiles() {
        return files.keySet().stream()
                .sorted()
                .filter(name -> !WorkerModule.canBeCalled(name))
                .map(name -> Blocked.stalled(
                        ConditionType.SOURCE_READY,
                        Reason.SourceRefused,
                        "the file %s of the source cannot be uploaded under that name: rename it, or leave it out"
                                .formatted(name)));
    }

    private Stream<Blocked> tooLarge() {
        return fits()
                ? Stream.empty()
                : Stream.of(
                        Blocked.stalled(
                                ConditionType.SOURCE_READY,
                                Reason.SourceRefused,
                                "the Worker's files have more than 10 MiB when they are compressed, which Cloudflare does not take: leave files out of the source"));
    }

    /** Small files are not compressed to be told so: nearly all Workers are. */
    private boolean fits() {
        List<WorkerModule> modules = modules();
        if (modules.stream().mapToLong(module -> module.content().length).sum() <= MOST_COMPRESSED) {
            return true;
        }
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            byte[] compressed = new byte[1 << 16];
            for (WorkerModule module : modules) {
                deflater.setInput(module.content());
                while (!deflater.needsInput() && deflater.getBytesWritten() <= MOST_COMPRESSED) {
                    deflater.deflate(compressed);
                }
            }
            return deflater.getBytesWritten() <= MOST_COMPRESSED;
        } finally {
            deflater.end();
        }
    }

    private List<WorkerModule> modules() {
        return new TreeMap<>(files)
                .entrySet().stream()
                        .flatMap(file ->
                                WorkerModule.of(file.getKey(), file.getValue().shared()).stream())
                        .toList();
    }

    /** The API server refuses it as well, where it has the CRD of this version. */
    private Stream<Blocked> unusableProbe() {
        return spec.rollout().wantedProbe().stream()
                .filter(probe -> IntentMapper.probedHost(probe).isEmpty())
                .map(probe -> refused("rollout.probe.url is not the URL of a host: correct it"));
    }

    /** The API server sees to it as well, where it has the CRD of this version. */
    private Stream<Blocked> migratedTwice() {
        List<String> migrated = spec.databases().stream()
                .filter(database -> database.wantedMigrations().isPresent())
                .map(WorkerDatabase::name)
                .toList();
        return migrated.stream()
                .filter(name -> Collections.frequency(migrated, name) > 1)
                .map(name ->
                        refused("more than one binding of database %s has migrations: leave them out of all but one"
                                .formatted(name)));
    }

    private Stream<Blocked> unsendable() {
        return spec.bindings().stream().flatMap(binding -> binding.properties().entrySet().stream()
                .flatMap(property -> unsendable(property.getKey(), property.getValue()).stream()
                        .map(why -> refused("%s of binding %s %s".formatted(property.getKey(), binding.name(), why)))));
    }

    private static Optional<String> unsendable(String property, String text) {
        if (BESIDE_PROPERTIES.contains(property)) {
            return Optional.of("stands beside its properties, and not among them: correct it");
        }
        return isSendable(text) ? Optional.empty() : Optional.of("begins as JSON does and is none: correct it");
    }

    private static Blocked refused(String sentence) {
        return Blocked.stalled(ConditionType.TARGETS_READY, Reason.RequestInvalid, sentence);
    }

    private static boolean isSendable(String text) {
        try {
            value(text);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /**
     * The version as it is uploaded now.
     *
     * @param fingerprint its tag, by which it is known again
     */
    WorkerUpload upload(String fingerprint, WorkerState state) {
        return new WorkerUpload(
                spec.mainModule(),
                modules(),
                spec.compatibilityDate(),
                spec.compatibilityFlags(),
                bindings(state),
                List.of(),
                null,
                fingerprint,
                intent.message());
    }

    private List<Binding> bindings(WorkerState state) {
        List<Binding> bindings = new ArrayList<>();
        spec.databases().forEach(database -> state.database(database.name())
                .ifPresent(found -> bindings.add(Binding.database(database.binding(), found.id()))));
        spec.buckets()
                .forEach(
                        bucket -> bindings.add(Binding.bucket(bucket.binding(), bucket.name(), bucket.jurisdiction())));
        new TreeMap<>(spec.variables()).forEach((name, text) -> bindings.add(Binding.plainText(name, text)));
        secrets.values().forEach((name, value) -> bindings.add(Binding.secret(name, value)));
        spec.bindings().forEach(binding -> bindings.add(binding(binding)));
        return bindings;
    }

    private static Binding binding(WorkerBinding binding) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        new TreeMap<>(binding.properties()).forEach((name, text) -> {
            try {
                properties.put(name, value(text));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a binding was not looked at before it is sent");
            }
        });
        return new Binding(binding.name(), binding.type(), properties);
    }

    private static Object value(String text) throws JsonProcessingException {
        if (text.startsWith("{")) {
            return JSON.readValue(text, OBJECT);
        }
        return text.startsWith("[") ? JSON.readValue(text, LIST) : text;
    }

    /** Names of bindings and files only. */
    @Override
    public String toString() {
        return "WorkerUploads[%s, %d files, %s]".formatted(spec.script(), files.size(), secrets);
    }
}
