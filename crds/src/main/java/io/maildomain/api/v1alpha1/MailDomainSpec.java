package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/**
 * What a mail domain should be.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = Cel.ADDRESSES_ARE_WITHIN,
        messageExpression = "'the address of each rule must be in ' + self.domain + ' or a subdomain of it, such as"
                + " support@' + self.domain + ' or bot@in.' + self.domain",
        message = "the address of each rule must be in spec.domain or a subdomain of it, such as support@example.com"
                + " or bot@in.example.com for example.com")
@ValidationRule(
        value = Cel.RULES_FORWARD_OUTSIDE,
        messageExpression = "'forwardTo must be an address outside ' + self.domain + ' and its subdomains, where mail"
                + " would loop: name the mailbox where the mail is read, such as team@corp.example'",
        message = "forwardTo must be an address outside spec.domain and its subdomains, where mail would loop: name"
                + " the mailbox where the mail is read, such as team@corp.example")
@ValidationRule(
        value = Cel.SUBDOMAINS_ARE_RELATIVE,
        messageExpression = "'subdomains are relative to ' + self.domain + ': write in, not in.' + self.domain",
        message = "subdomains are relative to spec.domain: write in, not in.example.com")
@ValidationRule(
        value = Cel.HOSTS_ARE_NAMES,
        message = "a host name has at most 253 characters: take a shorter name under subdomains")
public record MailDomainSpec(
        @Required
        @Size(min = 3, max = 253)
        @ValidationRule(value = Cel.IS_DOMAIN, message = Cel.DOMAIN_MESSAGE)
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "the domain of a MailDomain cannot be changed; delete this MailDomain and create one for the other domain")
        @SelectableField
        @JsonPropertyDescription(
                "The domain whose mail is routed, such as example.com: lower case, an internationalised name as "
                        + "its A-label (xn--...). It cannot be changed.")
        String domain,

        @ValidationRule(
                value = "!(has(self.accountRef) && has(self.secretRef))",
                message =
                        "name accountRef or secretRef, not both; with neither the CloudflareAccount named default is used")
        @JsonPropertyDescription(
                "Where the API token comes from: at most one of accountRef and secretRef. When it is left out, "
                        + "the CloudflareAccount named default is used.")
        Credentials credentials,

        @Default("{}") @JsonPropertyDescription("Where the zone comes from and what becomes of it.")
        ZoneSpec zone,

        @Default("{}") @JsonPropertyDescription("What to do about DNS records that stand in the way.")
        DnsSpec dns,

        @Size(max = 29)
        @JsonPropertyDescription("Host names below the domain that also receive mail, each relative to it: in, not "
                + "in.example.com. Those of the rules' addresses are added by themselves. Cloudflare allows 29 "
                + "besides the domain itself.")
        List<@Size(min = 1, max = 90) String> subdomains,

        @JsonPropertyDescription(
                "Whether mail for user+detail@ follows the rule of user@. Left out: whatever Cloudflare has is "
                        + "left as it is; taken out again: what was there before comes back.")
        Boolean subaddressing,

        @Size(max = 200)
        @JsonPropertyDescription(
                "The routing rules, at most one for each address. Several field managers may own rules of one "
                        + "domain: server-side apply merges them by address. Cloudflare allows 200.")
        List<MailRule> rules,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription(
                "Who may attach Mailboxes, which add rules to this domain: Mailboxes of these namespaces, for these addresses and "
                        + "actions. Left out: none. Counts only where the operator runs with --mailboxes.")
        List<MailboxGrant> mailboxes,

        @Default("Refuse")
        @JsonPropertyDescription(
                "What to do when another user or tool created a rule for the address. Refuse: leave it and say "
                        + "Conflict. Adopt: take it over, and give it back on deletion. A rule that already does what is "
                        + "wanted is no conflict; it stays as it is.")
        ConflictPolicy conflictPolicy,

        @Default("Delete")
        @JsonPropertyDescription(
                "What happens at Cloudflare when this MailDomain is deleted. Delete: undo exactly what the "
                        + "operator did. Retain: leave everything as it is.")
        DeletionPolicy deletionPolicy,

        @Default("Correct")
        @JsonPropertyDescription(
                "What to do when others change at Cloudflare what this MailDomain manages. Correct: bring it "
                        + "back in line. Report: list it under status.pendingChanges and change nothing until the spec "
                        + "changes.")
        DriftPolicy drift,

        @Default("Manage")
        @JsonPropertyDescription(
                "Manage: bring Cloudflare in line with this spec. Observe: list in status.pendingChanges what "
                        + "would change, and change nothing, not even on deletion.")
        Mode mode,

        @Default("false")
        @JsonPropertyDescription("True stops all calls to Cloudflare for this MailDomain. Deletion still runs.")
        Boolean suspend) {

    /** Replaces what is absent by its default. */
    public MailDomainSpec {
        credentials = credentials == null ? Credentials.ofDefaultAccount() : credentials;
        zone = zone == null ? ZoneSpec.DEFAULT : zone;
        dns = dns == null ? DnsSpec.DEFAULT : dns;
        subdomains = subdomains == null ? List.of() : List.copyOf(subdomains);
        rules = rules == null ? List.of() : List.copyOf(rules);
        mailboxes = mailboxes == null ? List.of() : List.copyOf(mailboxes);
        conflictPolicy = conflictPolicy == null ? ConflictPolicy.Refuse : conflictPolicy;
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.Delete : deletionPolicy;
        drift = drift == null ? DriftPolicy.Correct : drift;
        mode = mode == null ? Mode.Manage : mode;
        suspend = suspend != null && suspend;
    }

    /** A spec that lets no Mailbox attach. */
    public MailDomainSpec(
            String domain,
            Credentials credentials,
            ZoneSpec zone,
            DnsSpec dns,
            List<String> subdomains,
            Boolean subaddressing,
            List<MailRule> rules,
            ConflictPolicy conflictPolicy,
            DeletionPolicy deletionPolicy,
            DriftPolicy drift,
            Mode mode,
            Boolean suspend) {
        this(
                domain,
                credentials,
                zone,
                dns,
                subdomains,
                subaddressing,
                rules,
                null,
                conflictPolicy,
                deletionPolicy,
                drift,
                mode,
                suspend);
    }

    /** A spec that names the domain and leaves everything else at its default. */
    public static MailDomainSpec of(String domain) {
        return new MailDomainSpec(domain, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Whether subaddressing is to be on or off; empty: it is not compared. */
    @JsonIgnore
    public Optional<Boolean> wantedSubaddressing() {
        return Optional.ofNullable(subaddressing);
    }
}
