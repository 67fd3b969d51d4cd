package io.maildomain.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API server says about the requests that it has answered. */
record ApiServerMetrics(String text) {

    private static final Pattern REQUESTS = Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)} (\\S+)$");
    private static final Pattern VERB = Pattern.compile("verb=\"(\\w+)\"");
    private static final String OUR_GROUP = "group=\"maildomain.io\"";
    private static final Set<String> WRITES = Set.of("APPLY", "PATCH", "POST", "PUT", "DELETE");

    static ApiServerMetrics of(KubernetesClient client) {
        return new ApiServerMetrics(client.raw("/metrics"));
    }

    /** How many writes to our kinds it has answered, those of statuses and those that changed nothing included. */
    long writesToOurKinds() {
        long writes = 0;
        Matcher series = REQUESTS.matcher(text);
        while (series.find()) {
            Matcher verb = VERB.matcher(series.group(1));
            if (series.group(1).contains(OUR_GROUP) && verb.find() && WRITES.contains(verb.group(1))) {
                writes += (long) Double.parseDouble(series.group(2));
            }
        }
        return writes;
    }
}
