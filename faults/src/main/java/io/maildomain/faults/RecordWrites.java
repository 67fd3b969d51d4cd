package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.ApiServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the operator's writes to the records in its own namespace (ConfigMaps of MailDomains that are gone, and of the age of
 * zones). A write says which MailDomain it is about; a deletion names its UID only, so what was written before is remembered.
 */
final class RecordWrites {

    /** How the kind of such a write begins. */
    static final String RECORD = "record";

    private static final Pattern WRITE =
            Pattern.compile("(PATCH|PUT|DELETE) /api/v1/namespaces/[^/]+/configmaps/maildomain-([a-z-]+?)-"
                    + "([0-9a-f]{8}-[0-9a-f-]{27})(\\?\\S*)?");

    private final Map<String, MailDomainName> known = new HashMap<>();

    private record MailDomainName(String namespace, String name) {}

    /** What the request writes; empty where it writes to no record, or to one of a MailDomain that nothing is known of. */
    synchronized Optional<WriteSpot.Seen> seen(ApiServerRequest request) {
        Matcher write = WRITE.matcher(request.toString());
        if (!write.matches()) {
            return Optional.empty();
        }
        boolean deletes = write.group(1).equals("DELETE");
        if (!deletes) {
            remember(write.group(3), Json.read(request.body()).path("data"));
        }
        String kind = (deletes ? "deletion of the " : "") + RECORD + " (" + write.group(2) + ") of maildomains/";
        return Optional.ofNullable(known.get(write.group(3)))
                .map(domain -> new WriteSpot.Seen(domain.namespace(), kind + domain.name()));
    }

    private void remember(String uid, JsonNode data) {
        String resource = data.path("resource").asText();
        if (resource.contains("/")) {
            String[] parts = resource.split("/", 2);
            known.put(uid, new MailDomainName(parts[0], parts[1]));
        } else if (data.has("namespace")) {
            known.put(
                    uid,
                    new MailDomainName(
                            data.path("namespace").asText(), data.path("name").asText()));
        }
    }
}
