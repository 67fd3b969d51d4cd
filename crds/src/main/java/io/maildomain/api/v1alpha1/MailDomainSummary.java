package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * A few words for kubectl get.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailDomainSummary(
        @Size(max = 32) @JsonPropertyDescription("How many of the rules are in line, such as 3/3.")
        String rules,

        @Size(max = Bounded.SOURCE) @JsonPropertyDescription("The CloudflareAccount in use, or the Secret.")
        String account,

        @Size(max = Bounded.MESSAGE)
        @JsonPropertyDescription("The name servers to set at the domain's registrar, separated by commas.")
        String nameServers,

        @Size(max = Bounded.HOST)
        @JsonPropertyDescription(
                "The domain as people write it, such as bücher.example for xn--bcher-kva.example; absent where that is spec.domain.")
        String unicodeDomain) {

    /** Cuts what is too long. */
    public MailDomainSummary {
        rules = Bounded.text(rules, 32);
        account = Bounded.text(account, Bounded.SOURCE);
        nameServers = Bounded.text(nameServers, Bounded.MESSAGE);
        unicodeDomain = Bounded.text(unicodeDomain, Bounded.HOST);
    }
}
