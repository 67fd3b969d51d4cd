package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * What some namespaces may deploy with an account: patterns of names; a list that is left out grants nothing.
 *
 * <p>A Worker can do with what it is bound to whatever it likes. To grant a database is to grant reading, changing and emptying
 * all of it, whatever else is in it, and migrations that change its tables; to grant a bucket is to grant all of its objects. A
 * host name that is granted gets its requests, with the cookies that browsers send there.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeployGrant(
        @Size(max = 100)
        @JsonPropertyDescription(
                "The Worker scripts that may be deployed, * standing for any characters: mailbox-*. Left out: none.")
        List<@Size(min = 1, max = 90) String> workers,

        @Size(max = 100)
        @JsonPropertyDescription(
                "The D1 databases that Workers may be bound to, by name. Granting a database grants reading all of it, "
                        + "and changing or emptying it: a Worker can do what it likes with what it is bound to. Left out: none.")
        List<@Size(min = 1, max = 64) String> databases,

        @Size(max = 100)
        @JsonPropertyDescription(
                "The R2 buckets that Workers may be bound to, by name, whatever their jurisdiction. Granting a bucket grants "
                        + "reading, changing and deleting all of its objects. Left out: none.")
        List<@Size(min = 1, max = 63) String> buckets,

        @Size(max = 100)
        @JsonPropertyDescription(
                "The Pages projects that may be deployed to or created: mail-web, web-*. Left out: none.")
        List<@Size(min = 1, max = 58) String> pages,

        @Size(max = 100)
        @JsonPropertyDescription(
                "The host names of custom domains and routes: api.example.com, *.example.com for every name below it, or * for "
                        + "all. Granting a host name grants all requests for it, with the cookies that browsers send there. Left "
                        + "out: none.")
        List<@Size(min = 1, max = 253) String> hostnames,

        @Size(max = 100)
        @JsonPropertyDescription(
                "Every other binding, by Cloudflare's word for its type and by what it names: queue:mail-*, service:auth, or the "
                        + "type only where nothing is named, such as ai. * is every binding, also those to Workers and secrets of "
                        + "others. Left out: none.")
        List<@Size(min = 1, max = 200) String> bindings) {

    /** Replaces absent lists by empty ones. */
    public DeployGrant {
        workers = workers == null ? List.of() : List.copyOf(workers);
        databases = databases == null ? List.of() : List.copyOf(databases);
        buckets = buckets == null ? List.of() : List.copyOf(buckets);
        pages = pages == null ? List.of() : List.copyOf(pages);
        hostnames = hostnames == null ? List.of() : List.copyOf(hostnames);
        bindings = bindings == null ? List.of() : List.copyOf(bindings);
    }
}
