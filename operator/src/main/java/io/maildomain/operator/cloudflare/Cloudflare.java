package io.maildomain.operator.cloudflare;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator asks of Cloudflare with one token, the deploy surface apart ({@link
 * io.maildomain.operator.cloudflare.deploy.DeployApis}): these calls and no others. Lists are read to their end. Every
 * method may throw {@link CloudflareException}, which says what happened and whether the call may have taken effect;
 * none blocks to wait for budget. Ids are the 32 hexadecimal digits that Cloudflare gave; anything else is an {@link
 * IllegalArgumentException}.
 */
public interface Cloudflare {
    /**
     * How far Cloudflare's clock was seen behind ours, at most some minutes: zero where it is ahead, or before any answer.
     * Its times may be so much too early.
     */
    Duration clockSkew();

    /** The zones of exactly this name that the token sees, with the time at which Cloudflare said so. */
    ZoneLookup zonesNamed(String name);

    /** Every zone that the token sees. */
    List<Zone> zones();

    /** Reads the next page of the list. Never to be called on one that is complete. */
    void readOn(AccountList<?> list);

    /** Some of the zones that the token sees, in one call; empty only if it sees none. */
    List<Zone> someZones();

    /** Creates a zone of type {@code full}. Of all calls this is the one whose lost answer matters most. */
    Zone createZone(String name, String accountId);

    Zone zone(String zoneId);

    void deleteZone(String zoneId);

    RoutingSettings routing(String zoneId);

    /** Switches subaddressing and leaves all other settings as they are. */
    RoutingSettings setSubaddressing(String zoneId, boolean on);

    /**
     * Enables Email Routing at the apex; where the deprecated call is gone, its successor is used.
     *
     * @return the settings, where the answer shows them
     */
    Optional<RoutingSettings> enableRouting(String zoneId);

    /** Disables Email Routing at the apex; where the deprecated call is gone, its successor is used. */
    void disableRouting(String zoneId);

    /** The DNS records that routing needs at the apex, and what is wrong with them. */
    DnsReport routingDns(String zoneId);

    /** The same for a subdomain, given as a full host name. */
    DnsReport routingDns(String zoneId, String host);

    /** Adds and locks routing's records of a subdomain; never to be called with the apex. */
    void addSubdomain(String zoneId, String host);

    /** Removes routing's records of a subdomain; never to be called with the apex. */
    void removeSubdomain(String zoneId, String host);

    /** All routing rules, the catch-all apart. */
    RuleList rules(String zoneId);

    /** One routing rule as it is now. */
    RoutingRule rule(String zoneId, String ruleId);

    RoutingRule createRule(String zoneId, RuleDraft draft);

    /** Replaces the whole rule in place. */
    RoutingRule updateRule(String zoneId, String ruleId, RuleDraft draft);

    void deleteRule(String zoneId, String ruleId);

    CatchAll catchAll(String zoneId);

    CatchAll putCatchAll(String zoneId, CatchAllDraft draft);

    /** The destination addresses of the account. No runtime right allows this: only a token that holds the optional one. */
    Destinations destinations(String accountId);

    /** Verifies a user's token. An account-owned token is refused here (401) though it is valid. */
    TokenVerification verifyToken();

    /** Verifies an account-owned token. */
    TokenVerification verifyAccountToken(String accountId);

    /** All DNS records of the zone. No runtime right allows this: only a token that holds DNS: Read besides. */
    List<DnsRecord> dnsRecords(String zoneId);

    /** The accounts that the token sees. */
    List<AccountSummary> accounts();

    /**
     * A harmless read that shows whether a right of the deploy surface can at least be read with.
     *
     * @param accountOrZoneId the zone's id for {@link DeployProbe#WORKERS_ROUTES}, the account's for all others
     */
    void probe(DeployProbe probe, String accountOrZoneId);
}
