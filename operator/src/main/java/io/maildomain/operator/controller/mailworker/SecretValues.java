package io.maildomain.operator.controller.mailworker;

import java.util.Map;
import java.util.TreeMap;

/**
 * The secrets of a Worker, by the names of their bindings. Neither values nor anything that they could be told from is ever printed, so
 * it is no record.
 */
final class SecretValues {

    /** None. */
    static final SecretValues NONE = new SecretValues(Map.of(), Map.of());

    private final Map<String, String> values;
    private final Map<String, String> revisions;

    /**
     * @param values by the name of the binding
     * @param revisions by the same: something that changes when the value does
     */
    SecretValues(Map<String, String> values, Map<String, String> revisions) {
        this.values = Map.copyOf(values);
        this.revisions = Map.copyOf(revisions);
    }

    /** To be sent to Cloudflare, and nowhere else. */
    Map<String, String> values() {
        return new TreeMap<>(values);
    }

    Map<String, String> revisions() {
        return revisions;
    }

    /** The names only. */
    @Override
    public String toString() {
        return "SecretValues" + new TreeMap<>(values).keySet();
    }
}
