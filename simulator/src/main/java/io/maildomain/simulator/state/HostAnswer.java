package io.maildomain.simulator.state;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a host answers to a request, as a Worker's code is not run.
 *
 * @param versions other answers while a version of its Worker serves, by the version's id, number or tag
 */
public record HostAnswer(
        int status, SortedMap<String, String> headers, String body, SortedMap<String, HostAnswer> versions) {

    private static final int OK = 200;

    public HostAnswer {
        status = status == 0 ? OK : status;
        if (status < OK || status > 599) {
            throw new IllegalArgumentException("status must be from 200 to 599, not " + status);
        }
        headers = Collections.unmodifiableSortedMap(headers == null ? new TreeMap<>() : new TreeMap<>(headers));
        body = body == null ? "" : body;
        versions = Collections.unmodifiableSortedMap(versions == null ? new TreeMap<>() : new TreeMap<>(versions));
    }

    /** The answer while that version serves. */
    public HostAnswer of(WorkerVersion version) {
        Map<String, String> annotations = version.annotations();
        HostAnswer answer = versions.get(version.id());
        if (answer == null) {
            answer = versions.get(String.valueOf(version.number()));
        }
        if (answer == null) {
            answer = versions.get(annotations.getOrDefault("workers/tag", ""));
        }
        return answer == null ? this : answer;
    }
}
