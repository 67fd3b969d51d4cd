package io.maildomain.simulator.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * What is set for a Worker and is no part of a version: rolling back does not bring it back.
 *
 * @param observability null where nothing was said
 * @param onSubdomain whether it is reached under workers.dev
 * @param previews whether its versions are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerSettings(
        JsonNode observability,
        List<String> tags,
        boolean logpush,
        boolean onSubdomain,
        boolean previews,
        List<Schedule> schedules) {

    public WorkerSettings {
        observability = observability == null || observability.isNull() ? null : observability;
        tags = tags == null ? List.of() : List.copyOf(tags);
        schedules = schedules == null ? List.of() : List.copyOf(schedules);
    }

    /** Of a Worker for which nothing was set. */
    public static WorkerSettings standard() {
        return new WorkerSettings(null, null, false, false, false, null);
    }

    public WorkerSettings withScript(JsonNode changedObservability, List<String> changedTags, boolean changedLogpush) {
        return new WorkerSettings(changedObservability, changedTags, changedLogpush, onSubdomain, previews, schedules);
    }

    public WorkerSettings withSubdomain(boolean reached, boolean previewsReached) {
        return new WorkerSettings(observability, tags, logpush, reached, previewsReached, schedules);
    }

    public WorkerSettings withSchedules(List<Schedule> changed) {
        return new WorkerSettings(observability, tags, logpush, onSubdomain, previews, changed);
    }

    /** A time at which a Worker is started, in cron's words. */
    public record Schedule(String cron, Instant createdOn, Instant modifiedOn) {}
}
