package io.maildomain.faults;

import io.maildomain.harness.ApiServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One write of the operator's to one of our resources in the API server.
 *
 * @param kind which resource, and what of it: {@code ownership of maildomains/fresh}
 * @param number the how-manieth of this kind in the phase, from 1
 */
record WriteSpot(String kind, int number) {

    private static final String OWNERSHIP = "ownership";
    private static final String FINALIZERS = "finalizers";
    private static final Pattern WRITE = Pattern.compile("(PATCH|PUT|DELETE) /apis/maildomain\\.io/v1alpha1/"
            + "namespaces/([^/]+)/([a-z]+/[^/? ]+)(/status)?(\\?\\S*)?");

    /** A write that was seen: whose, and what kind. */
    record Seen(String namespace, String kind) {}

    /** What a request writes; empty where it does not write to our resources. */
    static Optional<Seen> seen(ApiServerRequest request) {
        Matcher write = WRITE.matcher(request.toString());
        if (!write.matches()) {
            return Optional.empty();
        }
        boolean ownership = request.target().contains("fieldManager=mail-domain-operator-ledger");
        String part = write.group(4) == null ? FINALIZERS : ownership ? OWNERSHIP : "status";
        return Optional.of(new Seen(write.group(2), part + " of " + write.group(3)));
    }

    /** Whether it notes something that must not be lost. */
    boolean isRecord() {
        return kind.startsWith(OWNERSHIP) || kind.startsWith(RecordWrites.RECORD);
    }

    /** Whether a resource stays by it, or may go. */
    boolean isOfFinalizers() {
        return kind.startsWith(FINALIZERS);
    }

    static List<WriteSpot> of(List<String> kinds) {
        Map<String, Integer> counts = new HashMap<>();
        List<WriteSpot> spots = new ArrayList<>();
        kinds.forEach(kind -> spots.add(new WriteSpot(kind, counts.merge(kind, 1, Integer::sum))));
        return spots;
    }

    @Override
    public String toString() {
        return kind + " #" + number;
    }
}
