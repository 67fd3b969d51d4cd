package io.maildomain.simulator.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which versions of a Worker serve, from one time on.
 *
 * @param source who deployed: {@code wrangler}, {@code api} or {@code dash}
 * @param versions one, or two that share what comes in
 */
public record WorkerDeployment(
        String id,
        Instant createdOn,
        String source,
        String authorEmail,
        Map<String, String> annotations,
        List<Share> versions) {

    public WorkerDeployment {
        id = id == null ? UUID.randomUUID().toString() : id;
        source = source == null ? WorkerVersion.DASHBOARD : source;
        authorEmail = authorEmail == null ? "" : authorEmail;
        annotations = annotations == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        versions = versions == null ? List.of() : List.copyOf(versions);
    }

    /** The id of the version that serves most. */
    @JsonIgnore
    public String mostServing() {
        return versions.stream()
                .max(Comparator.comparing(Share::percentage))
                .map(Share::versionId)
                .orElse("");
    }

    /** What a version serves of what comes in. */
    public record Share(String versionId, BigDecimal percentage) {}
}
