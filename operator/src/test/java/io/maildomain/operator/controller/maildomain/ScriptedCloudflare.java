package io.maildomain.operator.controller.maildomain;

import io.maildomain.operator.cloudflare.AccountList;
import io.maildomain.operator.cloudflare.AccountSummary;
import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.CatchAllDraft;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.DeployProbe;
import io.maildomain.operator.cloudflare.Destinations;
import io.maildomain.operator.cloudflare.DnsFinding;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.DnsReport;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.TokenVerification;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.ZoneLookup;
import io.maildomain.operator.cloudflare.ratelimit.Permit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes down every call, and fails those that it was told to fail. */
final class ScriptedCloudflare implements Cloudflare {

    private final List<String> journal;
    private final Map<String, Deque<CloudflareException>> failures = new HashMap<>();
    private final Set<String> routing = new HashSet<>();
    private final Map<String, RoutingRule> rules = new HashMap<>();
    private boolean removalSwitchesOff;
    private boolean enabled = true;
    private int created;

    /** @param journal may be shared, to see what comes before what */
    ScriptedCloudflare(List<String> journal) {
        this.journal = journal;
    }

    /** The next call with these words, such as {@code create a@example.com}, fails so; several may be told. */
    ScriptedCloudflare failing(String words, CloudflareException failure) {
        failures.computeIfAbsent(words, key -> new ArrayDeque<>()).add(failure);
        return this;
    }

    ScriptedCloudflare whereRemovalSwitchesTheDomainOff() {
        removalSwitchesOff = true;
        return this;
    }

    /** The subdomain's records stand. */
    ScriptedCloudflare withSubdomain(String host) {
        routing.add(host);
        return this;
    }

    boolean enabled() {
        return enabled;
    }

    static CloudflareException refused(CloudflareCall call, int status, int code) {
        return new CloudflareException(
                call, new Failure.Refused(status, List.of(new ApiError(code, "as it was told")), null));
    }

    static CloudflareException answerLost(CloudflareCall call) {
        return new CloudflareException(
                call, new Failure.Unreachable(Failure.Unreachable.TransportError.TIMEOUT, "no answer", true));
    }

    static CloudflareException postponed(CloudflareCall call) {
        return new CloudflareException(
                call, new Failure.Postponed(java.time.Duration.ofSeconds(7), Permit.Cause.BUDGET));
    }

    private void called(String words) {
        journal.add(words);
        Deque<CloudflareException> told = failures.get(words);
        if (told != null && !told.isEmpty()) {
            throw told.removeFirst();
        }
    }

    @Override
    public Optional<RoutingSettings> enableRouting(String zoneId) {
        called("enable");
        enabled = true;
        return Optional.of(new RoutingSettings(true, "ready", "example.com", false));
    }

    @Override
    public void disableRouting(String zoneId) {
        called("disable");
        enabled = false;
    }

    @Override
    public void addSubdomain(String zoneId, String host) {
        called("add " + host);
    }

    @Override
    public void removeSubdomain(String zoneId, String host) {
        called("remove " + host);
        enabled = enabled && !removalSwitchesOff;
    }

    @Override
    public RoutingSettings routing(String zoneId) {
        called("settings");
        return new RoutingSettings(enabled, "ready", "example.com", false);
    }

    @Override
    public RoutingSettings setSubaddressing(String zoneId, boolean on) {
        called("subaddressing " + on);
        return new RoutingSettings(enabled, "ready", "example.com", on);
    }

    @Override
    public Duration clockSkew() {
        return Duration.ZERO;
    }

    /** What the rules of others are like now. */
    ScriptedCloudflare holding(RoutingRule rule) {
        rules.put(rule.id(), rule);
        return this;
    }

    @Override
    public RoutingRule rule(String zoneId, String ruleId) {
        called("rule " + ruleId);
        return rules.get(ruleId);
    }

    @Override
    public RoutingRule createRule(String zoneId, RuleDraft draft) {
        called("create " + draft.matchers().get(0).value());
        return rule("%032x".formatted(++created), draft);
    }

    @Override
    public RoutingRule updateRule(String zoneId, String ruleId, RuleDraft draft) {
        called("update " + draft.matchers().get(0).value());
        return rule(ruleId, draft);
    }

    @Override
    public void deleteRule(String zoneId, String ruleId) {
        called("delete " + ruleId);
    }

    private static RoutingRule rule(String id, RuleDraft draft) {
        return new RoutingRule(
                id, draft.name(), draft.enabled(), draft.priority(), draft.matchers(), draft.actions(), "api");
    }

    @Override
    public ZoneLookup zonesNamed(String name) {
        throw unexpected();
    }

    @Override
    public List<Zone> zones() {
        throw unexpected();
    }

    @Override
    public void readOn(AccountList<?> list) {
        throw unexpected();
    }

    @Override
    public List<Zone> someZones() {
        return zones();
    }

    @Override
    public Zone createZone(String name, String accountId) {
        throw unexpected();
    }

    @Override
    public Zone zone(String zoneId) {
        throw unexpected();
    }

    @Override
    public void deleteZone(String zoneId) {
        throw unexpected();
    }

    @Override
    public DnsReport routingDns(String zoneId) {
        throw unexpected();
    }

    @Override
    public DnsReport routingDns(String zoneId, String host) {
        called("dns " + host);
        DnsRecord mx = new DnsRecord("MX", host, "route1.mx.cloudflare.net", 1);
        return routing.contains(host)
                ? new DnsReport(List.of(mx), List.of())
                : new DnsReport(List.of(), List.of(new DnsFinding("mx.missing", "")));
    }

    @Override
    public RuleList rules(String zoneId) {
        throw unexpected();
    }

    @Override
    public CatchAll catchAll(String zoneId) {
        throw unexpected();
    }

    @Override
    public CatchAll putCatchAll(String zoneId, CatchAllDraft draft) {
        throw unexpected();
    }

    @Override
    public TokenVerification verifyToken() {
        throw unexpected();
    }

    @Override
    public TokenVerification verifyAccountToken(String accountId) {
        throw unexpected();
    }

    @Override
    public List<DnsRecord> dnsRecords(String zoneId) {
        throw unexpected();
    }

    @Override
    public List<AccountSummary> accounts() {
        throw unexpected();
    }

    @Override
    public Destinations destinations(String accountId) {
        throw unexpected();
    }

    @Override
    public void probe(DeployProbe probe, String accountOrZoneId) {
        throw unexpected();
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("the applier has no business with this call");
    }
}
