package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * What some namespaces may use an account for.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccessGrant(
        @Required
        @JsonPropertyDescription("The namespaces that this grant is for, by their labels; {} is every namespace.")
        NamespaceSelector namespaces,

        @Required
        @Size(min = 1, max = 100)
        @JsonPropertyDescription(
                "The domains that may be managed, each with all its subdomains: example.com, *.co.uk (any one "
                        + "label), or * for all.")
        List<@Size(min = 1, max = 253) String> domains,

        @JsonPropertyDescription(
                "Whether zones may be created; false when left out: only zones that exist may be used.")
        Boolean createZones,

        @Size(max = 100)
        @JsonPropertyDescription(
                "The Workers that rules may name, * standing for any characters: mailbox-*. Left out: none.")
        List<@Size(min = 1, max = 90) String> workers,

        @Size(max = 100)
        @JsonPropertyDescription(
                "The addresses that rules may forward to: team@corp.example, *@corp.example, or * for all. Left "
                        + "out: none.")
        List<@Size(min = 1, max = 90) String> forwardTo,

        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("How many MailDomains of each namespace may use this grant. Left out: any number.")
        Integer maxDomains,

        @JsonPropertyDescription(
                "What may be deployed with the account's deploy token, whatever the domain. Left out: nothing.")
        DeployGrant deploy) {

    /** Replaces what is absent by its default. */
    public AccessGrant {
        namespaces = namespaces == null ? NamespaceSelector.nothing() : namespaces;
        domains = domains == null ? List.of() : List.copyOf(domains);
        createZones = createZones != null && createZones;
        workers = workers == null ? List.of() : List.copyOf(workers);
        forwardTo = forwardTo == null ? List.of() : List.copyOf(forwardTo);
    }

    /** A grant to deploy nothing. */
    public AccessGrant(
            NamespaceSelector namespaces,
            List<String> domains,
            Boolean createZones,
            List<String> workers,
            List<String> forwardTo,
            Integer maxDomains) {
        this(namespaces, domains, createZones, workers, forwardTo, maxDomains, null);
    }

    /** What may be deployed; empty: nothing. */
    @JsonIgnore
    public Optional<DeployGrant> wantedDeploy() {
        return Optional.ofNullable(deploy);
    }

    /** How many MailDomains may use this grant; empty: any number. */
    @JsonIgnore
    public Optional<Integer> wantedMaxDomains() {
        return Optional.ofNullable(maxDomains);
    }
}
