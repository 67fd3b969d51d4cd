package io.maildomain.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerDeployment;
import io.maildomain.simulator.state.WorkerVersion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A deployment that another user makes.
 *
 * @param source {@code dash} (the default), {@code wrangler} or {@code api}
 * @param message what they say of it
 * @param tag of the version
 * @param bindings of the version; null: as in the newest
 * @param serves false: the version is uploaded only
 * @param versions the versions that are there already and shall serve; null: a new one is uploaded
 */
public record DeploySpec(
        String source, String message, String tag, List<JsonNode> bindings, Boolean serves, List<Share> versions) {

    private static final String EMAIL = "colleague@simulator.example";

    /**
     * What a version shall serve.
     *
     * @param version its id or number
     */
    public record Share(String version, BigDecimal percentage) {}

    Worker applied(Worker worker, Instant now) {
        String by = source == null ? WorkerVersion.DASHBOARD : source;
        Map<String, String> annotations = new TreeMap<>();
        if (message != null) {
            annotations.put("workers/message", message);
        }
        if (versions != null) {
            return worker.withDeployment(new WorkerDeployment(
                    null,
                    now,
                    by,
                    EMAIL,
                    annotations,
                    versions.stream().map(share -> share(worker, share)).toList()));
        }
        Map<String, String> ofVersion = new TreeMap<>(annotations);
        if (tag != null) {
            ofVersion.put("workers/tag", tag);
        }
        WorkerVersion newest = worker.newestVersion().orElseGet(() -> WorkerVersion.ofOthers(now));
        WorkerVersion version = newest.asNew(bindings == null ? newest.bindings() : bindings, by, EMAIL, now)
                .withAnnotations(ofVersion);
        return Boolean.FALSE.equals(serves)
                ? worker.withVersion(version, now)
                : worker.deployed(version, annotations, now);
    }

    private static WorkerDeployment.Share share(Worker worker, Share share) {
        WorkerVersion version = worker.versions().stream()
                .filter(known -> known.id().equals(share.version())
                        || String.valueOf(known.number()).equals(share.version()))
                .findFirst()
                .orElseThrow(() -> new NotThere("the Worker " + worker.name() + " has no version " + share.version()));
        return new WorkerDeployment.Share(
                version.id(), share.percentage() == null ? BigDecimal.valueOf(100) : share.percentage());
    }
}
