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
 * Which Mailboxes some namespaces may attach to a MailDomain. One entry has to allow all of a Mailbox: entries do not add up.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailboxGrant(
        @Required @JsonPropertyDescription("The namespaces that may attach, by their labels; {} is every namespace.")
        NamespaceSelector namespaces,

        @Required
        @Size(min = 1, max = 100)
        @JsonPropertyDescription(
                "The addresses that they may have, * standing for any characters: *@in.example.com, pr-*@example.com, or * for every "
                        + "address of the domain.")
        List<@Size(min = 1, max = 90) String> addresses,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 100)
        @JsonPropertyDescription(
                "The Workers that they may hand mail to, * standing for any characters: mailbox-*. Of these only such as the "
                        + "account grants this namespace. Left out: none.")
        List<@Size(min = 1, max = 90) String> workers,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 100)
        @JsonPropertyDescription(
                "The addresses that they may forward to: team@corp.example, *@corp.example, or * for all. Of these only such as the "
                        + "account grants this namespace. Left out: none.")
        List<@Size(min = 1, max = 90) String> forwardTo,

        @Min(1)
        @Max(200)
        @JsonPropertyDescription(
                "How many Mailboxes of each namespace may have an address by this entry, those that have expired among them. Left out: any number.")
        Integer max) {

    /** Replaces what is absent by what is empty: nothing is granted by leaving something out. */
    public MailboxGrant {
        namespaces = namespaces == null ? NamespaceSelector.nothing() : namespaces;
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        workers = workers == null ? List.of() : List.copyOf(workers);
        forwardTo = forwardTo == null ? List.of() : List.copyOf(forwardTo);
    }

    /** How many Mailboxes of each namespace may attach; empty: any number. */
    @JsonIgnore
    public Optional<Integer> wantedMax() {
        return Optional.ofNullable(max);
    }
}
