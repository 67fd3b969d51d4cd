package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/**
 * One address, where its mail goes, and for how long.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!(has(self.ttl) && has(self.expiresAt))",
        message = "give ttl or expiresAt, not both; with neither the Mailbox stays for ever")
@ValidationRule(
        value = "!has(self.afterExpiry) || self.afterExpiry != 'Delete' || has(self.ttl) || has(self.expiresAt)",
        message = "afterExpiry: Delete is about a Mailbox that expires: give ttl or expiresAt as well")
@ValidationRule(
        value = Cel.FORWARDS_TO_ANOTHER_HOST,
        message = "forwardTo must be an address of another host than the Mailbox's own, where mail would loop: name the"
                + " mailbox where the mail is read, such as team@corp.example")
public record MailboxSpec(
        @Required
        @ValidationRule(
                value = "self == oldSelf",
                message = "domainRef cannot be changed; delete this Mailbox and create one for the other MailDomain")
        @JsonPropertyDescription(
                "The MailDomain that the address belongs to. It says under spec.mailboxes who may attach. It cannot be changed.")
        MailboxDomainRef domainRef,

        @Required
        @Size(min = 6, max = 90)
        @ValidationRule(
                value = Cel.IS_ADDRESS,
                message = "address must be one lower-case mail address, such as pr-123@in.example.com")
        @ValidationRule(
                value = Cel.IS_NO_PATTERN,
                message = "an address has no *, since Cloudflare knows no patterns: create a Mailbox for each address")
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "the address of a Mailbox cannot be changed; delete this Mailbox and create one for the other address")
        @JsonPropertyDescription(
                "The address whose mail this is about, in the MailDomain's domain or at a host that it routes mail for: "
                        + "lower case, at most 90 characters. It cannot be changed.")
        String address,

        @Required @JsonPropertyDescription("What happens to the mail: exactly one of forwardTo, worker and drop.")
        Action action,

        @Default("true")
        @JsonPropertyDescription(
                "Whether the rule is in force. A disabled rule stays at Cloudflare, and its mail goes to the catch-all.")
        Boolean enabled,

        @Size(min = 2, max = 20)
        @ValidationRule(
                value = Cel.IS_TIME_TO_LIVE,
                message =
                        "ttl is a time of more than nothing in hours, minutes and seconds, such as 72h, 1h30m or 90s; write three days as 72h")
        @JsonPropertyDescription(
                "How long the Mailbox lives, from its creation on: 72h, 1h30m. After it the rule goes. Left out, with expiresAt "
                        + "left out as well: for ever.")
        String ttl,

        @Size(min = 20, max = 40)
        @ValidationRule(
                value = Cel.IS_TIME,
                message = "expiresAt must be a time with its offset from UTC, such as 2026-12-24T18:00:00Z")
        @JsonPropertyDescription(
                "When the Mailbox expires, in place of ttl: 2026-12-24T18:00:00Z. After it the rule goes.")
        String expiresAt,

        @Default("Keep")
        @JsonPropertyDescription(
                "What happens to the Mailbox once it has expired. Keep: it stays and keeps its address, so that no other Mailbox gets "
                        + "the mail. Delete: the operator deletes it, where the installation gives it the right.")
        AfterExpiry afterExpiry) {

    /** Replaces what is absent by its default. */
    public MailboxSpec {
        enabled = enabled == null || enabled;
        afterExpiry = afterExpiry == null ? AfterExpiry.Keep : afterExpiry;
    }

    /** An enabled Mailbox that never expires. */
    public static MailboxSpec of(MailboxDomainRef domainRef, String address, Action action) {
        return new MailboxSpec(domainRef, address, action, null, null, null, null);
    }

    /**
     * When it expires.
     *
     * @param created when the Mailbox was created
     * @return empty: never. A ttl or a time that is none, such as 30 February, is over at once: nothing lives longer than was asked for
     */
    public Optional<Instant> expiry(Instant created) {
        return ttl == null
                ? Optional.ofNullable(expiresAt).map(text -> time(text).orElse(created))
                : Optional.of(created.plus(timeToLive(ttl)));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration timeToLive(String text) {
        try {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    /** The host that the address is at: what stands behind its last {@code @}. */
    @JsonIgnore
    public String host() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
